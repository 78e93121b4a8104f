"""The table of generated pictures: one row each, pristine ones too."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from editor.core.atomic_file import write_atomically
from training.errors import TableError


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """A row of `labels.csv`; the columns are the published ones, in their order."""

    path: str
    blur: int
    under: int
    over: int
    dist_type: int
    dist_level: int
    ref: str


COLUMNS = tuple(field.name for field in fields(ManifestRow))


def write_manifest(path: Path, rows: Iterable[ManifestRow]) -> None:
    """Replaces a table atomically.

    Raises:
        OSError: If it can't be written; the old table is then still there.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in rows)
    write_atomically(path, text.getvalue().encode("utf-8"))


def read_manifest(path: Path) -> Sequence[ManifestRow]:
    """Reads a table that `write_manifest` wrote.

    Raises:
        OSError: If it can't be read.
        TableError: If a column is missing.
        ValueError: If a number isn't one.
    """
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise TableError(f"{path} has no column called {' or '.join(missing)}.")
        return [_row(values) for values in reader]


def _row(values: dict[str, str]) -> ManifestRow:
    return ManifestRow(
        path=values["path"],
        blur=int(values["blur"]),
        under=int(values["under"]),
        over=int(values["over"]),
        dist_type=int(values["dist_type"]),
        dist_level=int(values["dist_level"]),
        ref=values["ref"],
    )
