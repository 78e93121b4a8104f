"""Thumbnails in memory: bounded, and what is on screen stays."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.thumbnail_store import ThumbnailStore

ONE = 100 * 50 * 4


@pytest.fixture(autouse=True)
def application(qtbot: QtBot) -> None:
    """Pixmaps need an application."""


def image() -> QImage:
    made = QImage(100, 50, QImage.Format.Format_RGB32)
    made.fill(0x336699)
    return made


def test_the_longest_unused_goes_first() -> None:
    store = ThumbnailStore(3 * ONE)
    for name in "abcd":
        assert store.put(Path(name), image())
    assert Path("a") not in store
    assert Path("d") in store
    assert store.byte_count == 3 * ONE


def test_what_is_on_screen_stays_and_nothing_pushes_it_out() -> None:
    store = ThumbnailStore(2 * ONE)
    store.keep_on_screen([Path("a"), Path("b"), Path("c")])
    assert all(store.put(Path(name), image()) for name in "abc")
    assert not store.put(Path("z"), image())
    assert all(Path(name) in store for name in "abc")


def test_pixmaps_fit_the_box_and_keep_the_shape() -> None:
    store = ThumbnailStore(100 * ONE)
    store.put(Path("a"), image())
    pixmap = store.pixmap(Path("a"), 40, 2.0)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height(), pixmap.devicePixelRatio()) == (80, 40, 2.0)
    assert store.pixmap(Path("a"), 40, 2.0) is pixmap
    assert store.byte_count == ONE + 80 * 40 * 4
    larger = store.pixmap(Path("a"), 60, 1.0)
    assert larger is not None
    assert larger.width() == 60
    assert store.byte_count == ONE + 60 * 30 * 4


def test_replacing_counts_once_and_clearing_counts_nothing() -> None:
    store = ThumbnailStore(10 * ONE)
    store.put(Path("a"), image())
    store.put(Path("a"), image())
    assert store.byte_count == ONE
    store.clear()
    assert store.byte_count == 0
    assert store.pixmap(Path("a"), 10, 1.0) is None
    assert store.image(Path("a")) is None
