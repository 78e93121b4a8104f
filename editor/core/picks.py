"""Lists exactly what copying or moving the picks would take along: from the marks at that moment.

It must not copy or move anything (see copy_picks).
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.core.marks import NO_MARKS, Flag, Marks
from editor.core.pairs import find_pairs, partners, stem_key
from editor.core.shot_files import group_by_stem, own_sidecars, shared_sidecars, size_of


@dataclass(frozen=True, slots=True)
class PickedShot:
    """What is copied or moved together.

    Attributes:
        files: The photo, its pair if it has one, and the sidecars.
        stays: Those of the files that are copied even in a move, as a photo that stays needs them too.
        size: Bytes of all files.
        marks: The photo's marks.
    """

    files: tuple[Path, ...]
    stays: frozenset[Path]
    size: int
    marks: Marks


def list_picks(photos: Iterable[Path], marks: Mapping[Path, Marks]) -> tuple[PickedShot, ...]:
    """Lists the picked photos with their pairs and sidecars.

    A pair is one shot, listed where its first photo stands, and goes whole if one of its files is picked.

    Args:
        photos: All photos of the shoot, in the order of their numbers.
        marks: The marks at this moment; a photo without any is unflagged.
    """
    photos = list(photos)
    partner = partners(find_pairs(photos))
    groups: list[tuple[Path, ...]] = []
    seen: set[Path] = set()
    for photo in photos:
        if photo not in seen:
            group: tuple[Path, ...] = (photo, partner[photo]) if photo in partner else (photo,)
            seen.update(group)
            if _picked(group, marks) is not None:
                groups.append(group)
    going = {photo for group in groups for photo in group}
    stems = group_by_stem(photos)
    shots = []
    for group in groups:
        shared = shared_sidecars(group, stems)
        alone = all(photo in going for photo in stems[stem_key(group[0])])
        files = (*group, *own_sidecars(group), *shared)
        stays = frozenset[Path]() if alone else frozenset(shared)
        shots.append(PickedShot(files, stays, size_of(files), _picked(group, marks) or NO_MARKS))
    return tuple(shots)


def _picked(group: Iterable[Path], marks: Mapping[Path, Marks]) -> Marks | None:
    """The marks of the first picked photo, None where none is picked."""
    given = (marks.get(photo, NO_MARKS) for photo in group)
    return next((one for one in given if one.flag is Flag.PICK), None)


def missing_room(folder: Path, shots: Iterable[PickedShot], *, move: bool) -> int:
    """How many bytes a folder's disk lacks for some shots; 0 where they fit or nobody can say.

    Args:
        folder: The target, which need not exist.
        shots: What is to go there.
        move: Whether files of the same disk need no room, because they are only renamed.
    """
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), None)
    if there is None:
        return 0
    try:
        device, free = there.stat().st_dev, shutil.disk_usage(there).free
        needed = sum(shot.size for shot in shots if not (move and shot.files[0].lstat().st_dev == device))
    except OSError:
        return 0
    return max(0, needed - free)
