"""Lists exactly what rejecting would move: from the marks at that moment, not from what is shown.

It must not move anything (see reject_move); advice of the network plays no part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.core.marks import NO_MARKS, Flag, Marks
from editor.core.pairs import find_pairs, partners, stem_key
from editor.core.shot_files import Stems, group_by_stem, own_sidecars, shared_sidecars, size_of


@dataclass(frozen=True, slots=True)
class RejectedShot:
    """What is moved together.

    Attributes:
        photos: The rejected photo, and its pair if it has one.
        sidecars: What belongs to them.
        size: Bytes of all these files.
    """

    photos: tuple[Path, ...]
    sidecars: tuple[Path, ...]
    size: int

    @property
    def files(self) -> tuple[Path, ...]:
        """All files, photos first."""
        return self.photos + self.sidecars


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A rejected photo that is not moved, and why: a sentence for a person."""

    photo: Path
    reason: str


@dataclass(frozen=True, slots=True)
class RejectReview:
    """Exactly what moving the rejects would do.

    Attributes:
        shoot: The shoot's folder.
        shots: What would be moved, in the order of the photos.
        kept_back: Rejected photos that would stay.
    """

    shoot: Path
    shots: tuple[RejectedShot, ...]
    kept_back: tuple[KeptBack, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that would be moved."""
        return tuple(file for shot in self.shots for file in shot.files)

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        return sum(shot.size for shot in self.shots)


def review_rejects(shoot: Path, photos: Iterable[Path], marks: Mapping[Path, Marks]) -> RejectReview:
    """Lists the rejected photos with their pairs and sidecars.

    A pair is one shot: it is moved whole if one of its files is rejected, and stays whole if the other is
    picked. A sidecar of a stem (``IMG.xmp``) goes only if all photos of that stem go.

    Args:
        shoot: The shoot's folder.
        photos: All its photos, in the order of the shoot.
        marks: The marks at this moment; a photo without any is unflagged.
    """
    photos = list(photos)
    partner = partners(find_pairs(photos))
    groups: list[tuple[Path, ...]] = []
    kept_back: list[KeptBack] = []
    taken: set[Path] = set()
    for photo in photos:
        if marks.get(photo, NO_MARKS).flag is not Flag.REJECT or photo in taken:
            continue
        group = (photo, partner[photo]) if photo in partner else (photo,)
        reason = _reason_to_keep(group, marks)
        if reason is None:
            groups.append(group)
            taken.update(group)
        else:
            kept_back.append(KeptBack(photo, reason))
    stems = group_by_stem(photos)
    shots = [_shot(group, stems, taken) for group in groups]
    return RejectReview(shoot, tuple(shots), tuple(kept_back))


def _reason_to_keep(group: tuple[Path, ...], marks: Mapping[Path, Marks]) -> str | None:
    for photo in group:
        if marks.get(photo, NO_MARKS).flag is Flag.PICK:
            return f"The other file of the pair, {photo.name}, is picked; make up your mind first."
        if not photo.is_symlink() and not photo.is_file():
            return "The file is no longer there."
    return None


def _shot(group: tuple[Path, ...], stems: Stems, going: set[Path]) -> RejectedShot:
    sidecars = own_sidecars(group)
    if all(photo in going for photo in stems[stem_key(group[0])]):
        sidecars += shared_sidecars(group, stems)
    return RejectedShot(group, sidecars, size_of((*group, *sidecars)))
