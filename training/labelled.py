"""Tables of labelled photos: a photographer's own labels, decoded exactly as the program decodes."""

import csv
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.core.color import to_srgb8
from editor.core.decode import decode
from editor.core.errors import PhotoError
from quality.core.labels import DEFECTS
from quality.core.preprocess import DECODE_AT_LEAST
from training.errors import TableError
from training.testsets import TestPicture

_LOG = logging.getLogger(__name__)

UNKNOWN_LABEL = -1.0
Labels = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo with what a person said about it: 0, 1, or `UNKNOWN_LABEL` where nobody said anything."""

    path: Path
    labels: Labels
    """Blur, under, over."""
    night: float = UNKNOWN_LABEL

    @property
    def picture(self) -> NDArray[np.uint8]:
        """The upright sRGB picture as the program hands it to the network's preprocessing.

        Raises:
            PhotoError: If the file can't be decoded.
        """
        return to_srgb8(decode(self.path, DECODE_AT_LEAST))


def read_labelled(table: Path) -> tuple[LabelledPhoto, ...]:
    """Reads a table with the columns path, blur, under, over and perhaps night.

    Args:
        table: CSV; paths are relative to its folder, an empty cell is unknown.

    Raises:
        OSError: If it can't be read.
        TableError: If a column is missing, a label is neither 0 nor 1 nor empty, or there is no row.
    """
    return _read(table, tuple(defect.value for defect in DEFECTS))


def read_night(table: Path) -> tuple[LabelledPhoto, ...]:
    """Reads a table with the columns path and night; arguments and errors as for `read_labelled`."""
    return _read(table, ("night",))


def _read(table: Path, needed: tuple[str, ...]) -> tuple[LabelledPhoto, ...]:
    with table.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = [name for name in ("path", *needed) if name not in (reader.fieldnames or ())]
        if missing:
            raise TableError(f"{table} has no column called {' or '.join(missing)}.")
        photos = tuple(_photo(table, reader.line_num, row) for row in reader)
    if not photos:
        raise TableError(f"{table} has no row.")
    return photos


def _photo(table: Path, line: int, row: dict[str, str]) -> LabelledPhoto:
    def label(name: str) -> float:
        text = (row.get(name) or "").strip()
        if text not in ("", "0", "1"):
            raise TableError(f'{table}, line {line}: {name} must be 0, 1 or empty, not "{text}".')
        return float(text) if text else UNKNOWN_LABEL

    blur, under, over = (label(defect.value) for defect in DEFECTS)
    return LabelledPhoto(table.parent / row["path"], (blur, under, over), label("night"))


def pictures(photos: Sequence[LabelledPhoto]) -> Iterator[TestPicture]:
    """The photos as pictures to measure on; one that can't be read is named in the log and left out."""
    for photo in photos:
        try:
            yield TestPicture(photo.picture, photo.labels, "photo", 0.0, True, "", str(photo.path))
        except PhotoError as error:
            _LOG.warning("not judged: %s", error)
