"""Takes over what was saved with the user while a shoot could not be written."""

import logging
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from editor.core.marks import RecordedMarks
from editor.core.shoot_location import StoreLocation
from editor.core.shoot_records import FoundPhoto
from editor.core.shoot_store import ShootStore
from editor.core.shoot_store_file import BESIDE

_TAKEN = ".taken"

_logger = logging.getLogger(__name__)


def take_over_store(store: ShootStore, older: Path) -> int:
    """Takes over the content of a shoot's second store, which is then kept under another name.

    Of two marks of a photo the later one stays. Recipes and settings of the second store replace those
    of the first: it was begun as a copy of the first one and changed since.

    Args:
        store: The shoot's own store.
        older: The other one's file (see StoreLocation.older).

    Returns:
        How many marks were taken over.

    Raises:
        StoreError: if one of the two cannot be read or written; the other store stays as it is then,
            and it can be tried again.
        OSError: if the other store cannot be given another name.
    """
    with closing(ShootStore(StoreLocation(older, in_shoot=False, wal=False))) as other:
        rows = _rows(store, other)
        ours = store.load_marks()
        later = {
            rows[row]: marks
            for row, marks in other.load_marks().items()
            if row in rows and _is_later(marks, ours, rows[row])
        }
        store.save_recipes({rows[row]: recipe for row, recipe in other.load_recipes().items() if row in rows})
        store.save_settings(dict(other.load_settings()))
        store.save_marks(later)
    for ending in BESIDE:
        beside = older.with_name(older.name + ending)
        if beside.exists():
            beside.replace(older.with_name(older.name + _TAKEN + ending))
    _logger.info("%d marks of %s were taken over", len(later), older)
    return len(later)


def _rows(store: ShootStore, other: ShootStore) -> dict[int, int]:
    """For every row of the other store that has a place, the row of the same photo in ours."""
    theirs = other.photos()
    found = [FoundPhoto(key, photo.identity, photo.modified_ns) for key, photo in theirs.items()]
    ours = store.recognise(found)
    return {theirs[key].row: row for key, row in ours.items()}


def _is_later(marks: RecordedMarks, ours: Mapping[int, RecordedMarks], row: int) -> bool:
    return row not in ours or marks.provenance.decided_at > ours[row].provenance.decided_at
