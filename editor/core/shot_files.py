"""Which files belong to a shot: sidecars beside its photos, and those that photos of one stem share.

It must not move or copy anything.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from editor.core.pairs import stem_key

_BESIDE = (".xmp", ".XMP", ".pp3", ".dop")
"""Endings that sidecars add to a photo's whole name: XMP, RawTherapee's and DxO's."""

_SHARED = (".xmp", ".XMP")
"""Endings that a sidecar has in place of the photo's, so that it belongs to all photos of that stem."""

Stems = Mapping[tuple[Path, str], list[Path]]


def group_by_stem(photos: Iterable[Path]) -> dict[tuple[Path, str], list[Path]]:
    """The photos of each stem, in their order."""
    stems: dict[tuple[Path, str], list[Path]] = {}
    for photo in photos:
        stems.setdefault(stem_key(photo), []).append(photo)
    return stems


def own_sidecars(group: Iterable[Path]) -> tuple[Path, ...]:
    """The sidecars that belong to some photos and to nobody else: ``IMG.CR3.xmp``."""
    return _present(photo.with_name(photo.name + ending) for photo in group for ending in _BESIDE)


def shared_sidecars(group: Collection[Path], stems: Stems) -> tuple[Path, ...]:
    """The sidecars of a shot's stem, ``IMG.xmp``; they are given to the last photo of the stem only.

    Args:
        group: The photos of the shot, all of one stem.
        stems: All photos by stem.
    """
    same_stem = stems[stem_key(next(iter(group)))]
    if same_stem[-1] not in group:
        return ()
    return _present(photo.with_suffix(ending) for photo in same_stem for ending in _SHARED)


def size_of(files: Iterable[Path]) -> int:
    """Bytes of some files; a link counts as itself, what is not there as nothing."""
    return sum(file.lstat().st_size for file in files if file.is_symlink() or file.is_file())


def _present(names: Iterable[Path]) -> tuple[Path, ...]:
    """Those that are there, each file once, also where the disk does not tell cases apart."""
    found: list[Path] = []
    for name in dict.fromkeys(names):
        if name.is_file() and not any(name.samefile(other) for other in found):
            found.append(name)
    return tuple(found)
