"""Garbage is collected in the GUI thread, and only there."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from app.garbage_collection import GarbageCollection


class _Cycle:
    """Something that only a collection can end."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collection(qapp: QObject) -> Iterator[GarbageCollection]:
    """A collection that is gone after the test, and Python's own as it was before."""
    was_enabled = gc.isenabled()
    collection = GarbageCollection(qapp)
    yield collection
    collection.setParent(None)
    gc.unfreeze()
    if was_enabled:
        gc.enable()


def test_pythons_own_collection_is_off(collection: GarbageCollection) -> None:
    assert collection.parent() is not None
    assert not gc.isenabled()


def test_a_cycle_ends_when_its_turn_comes(collection: GarbageCollection) -> None:
    gone = weakref.ref(_Cycle())
    assert gone() is not None
    fill = [[] for _ in range(gc.get_threshold()[0] + 10)]  # type: ignore[var-annotated]
    collection.collect_due()
    assert gone() is None
    assert fill


def test_nothing_is_collected_before_its_turn(collection: GarbageCollection) -> None:
    gc.collect()
    gone = weakref.ref(_Cycle())
    collection.collect_due()
    assert gone() is not None
