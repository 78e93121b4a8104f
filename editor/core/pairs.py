"""Finds the pairs of a RAW file and the JPEG that the camera wrote beside it.

It must not read files: a pair is two names of the same stem in the same folder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from editor.core.photo_formats import HEIF_SUFFIXES, RAW_SUFFIXES

CAMERA_PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}) | HEIF_SUFFIXES
"""Endings of what a camera writes beside a RAW file: a JPEG, or a HEIC file in its place."""


@dataclass(frozen=True, slots=True)
class RawPair:
    """One shot in two files.

    Attributes:
        raw: The camera RAW file.
        jpeg: The JPEG (or HEIC) of the same shot.
    """

    raw: Path
    jpeg: Path

    def partner(self, photo: Path) -> Path:
        """The other file of the pair.

        Raises:
            ValueError: if the photo is none of the two.
        """
        if photo not in (self.raw, self.jpeg):
            raise ValueError(f"{photo} is not in this pair")
        return self.jpeg if photo == self.raw else self.raw


def stem_key(photo: Path) -> tuple[Path, str]:
    """What files of the same shot have in common: their folder and their stem, whatever the case."""
    return photo.parent, photo.stem.casefold()


def find_pairs(photos: Iterable[Path]) -> tuple[RawPair, ...]:
    """Finds the RAW+JPEG pairs among some photos, in the order in which the first of each appears.

    Where several RAW files or several JPEGs share a stem it cannot be said which belong together, and a
    mark on the wrong one would be worse than two marks to give: these photos stay single.

    Args:
        photos: Paths of files, of one folder or of many.
    """
    photos = tuple(photos)
    if not any(photo.suffix.lower() in RAW_SUFFIXES for photo in photos):
        return ()
    raws: dict[tuple[Path, str], list[Path]] = {}
    jpegs: dict[tuple[Path, str], list[Path]] = {}
    keys: dict[tuple[Path, str], None] = {}
    for photo in photos:
        suffix = photo.suffix.lower()
        sort = raws if suffix in RAW_SUFFIXES else jpegs if suffix in CAMERA_PICTURE_SUFFIXES else None
        if sort is not None:
            key = stem_key(photo)
            sort.setdefault(key, []).append(photo)
            keys[key] = None
    return tuple(
        RawPair(raws[key][0], jpegs[key][0])
        for key in keys
        if len(raws.get(key, ())) == 1 and len(jpegs.get(key, ())) == 1
    )


def partners(pairs: Iterable[RawPair]) -> dict[Path, Path]:
    """For every photo in a pair the other one."""
    return {photo: pair.partner(photo) for pair in pairs for photo in (pair.raw, pair.jpeg)}
