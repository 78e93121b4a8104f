"""The photos training draws from: their table and their pixels, kept in memory once decoded."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.core.color import to_srgb8
from editor.core.decode import decode
from editor.core.folder import scan_folder
from training.config import RunConfig
from training.errors import TableError


@dataclass(frozen=True, slots=True)
class SourcePhoto:
    """A sharp, well exposed photo; `ref` names its scene."""

    ref: str
    path: Path
    source: str = ""
    tier: str = ""
    licence: str = ""
    natural: str = ""
    """``night``, ``lowkey``, ``highkey`` for a scene dark or bright on purpose, else empty."""
    part: str = ""
    """The part it belongs to because a near-duplicate stands there; empty where its name decides."""
    rows: int = 0
    columns: int = 0
    """Size in pixels as the table says it; 0 where it doesn't."""


def read_photos(folder: Path) -> tuple[SourcePhoto, ...]:
    """The photos of a folder, in the order of their scenes' names.

    With a `photos.csv` (columns file, width, height, source, tier, licence, natural) its rows count,
    else every photo in the folder.

    Raises:
        FolderError: If the folder can't be read.
        TableError: If the table lacks the column `file`, or a size in it is no number.
    """
    table = folder / "photos.csv"
    if not table.is_file():
        listed = scan_folder(folder).photos
        return tuple(sorted((SourcePhoto(path.stem, path) for path in listed), key=lambda photo: photo.ref))
    with table.open(newline="", encoding="utf-8") as rows:
        reader = csv.DictReader(rows)
        if "file" not in (reader.fieldnames or ()):
            raise TableError(f"{table} has no column called file.")
        photos = [_from_row(table, row) for row in reader]
    return tuple(sorted(photos, key=lambda photo: photo.ref))


def limited(photos: tuple[SourcePhoto, ...], config: RunConfig) -> tuple[SourcePhoto, ...]:
    """The first photos by name, as many as the configuration's limit allows."""
    return photos if config.photo_limit is None else photos[: config.photo_limit]


def _from_row(table: Path, row: dict[str, str]) -> SourcePhoto:
    path = table.parent / row["file"]
    return SourcePhoto(
        path.stem,
        path,
        row.get("source", ""),
        row.get("tier", ""),
        row.get("licence", ""),
        row.get("natural", ""),
        rows=_pixels(row, "height", table),
        columns=_pixels(row, "width", table),
    )


def _pixels(row: dict[str, str], column: str, table: Path) -> int:
    text = row.get(column) or "0"
    if not text.isdecimal():
        raise TableError(f"{table}: the {column} of {row['file']} is not a whole number of pixels: {text}")
    return int(text)


class PictureStore:
    """Decoded pictures by photo, each decoded once by the program's own decoder."""

    def __init__(self) -> None:
        self._pictures: dict[Path, NDArray[np.uint8]] = {}

    def __getitem__(self, photo: SourcePhoto) -> NDArray[np.uint8]:
        """The upright sRGB picture, shape (H, W, 3); do not write to it.

        Raises:
            PhotoError: If the file can't be decoded.
        """
        picture = self._pictures.get(photo.path)
        if picture is None:
            picture = to_srgb8(decode(photo.path))
            self._pictures[photo.path] = picture
        return picture
