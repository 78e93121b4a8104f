"""Settings that rest: known at once, in the file when nothing more is set, and never lost at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.resting_settings import RestingSettings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "framesift.ini"


@pytest.fixture
def store(qapp: QApplication, file: Path) -> Iterator[RestingSettings]:
    assert qapp is not None  # a timer needs one
    store = RestingSettings(file)
    yield store
    store.sync()


def test_a_change_holds_at_once_and_reaches_the_file_at_rest(
    qtbot: QtBot, store: RestingSettings, file: Path
) -> None:
    store.setValue("quality/blur_threshold", "0.31")
    assert store.value("quality/blur_threshold") == "0.31"
    assert store.waits
    # What Qt posts to itself to write at once is taken and does nothing.
    assert store.event(QEvent(QEvent.Type.UpdateRequest))
    assert not file.exists()
    qtbot.waitUntil(lambda: not store.waits, timeout=30_000)
    assert "blur_threshold=0.31" in file.read_text(encoding="utf-8")


def test_what_is_so_already_is_not_written(store: RestingSettings) -> None:
    store.setValue("look/order", "time")
    store.sync()
    assert not store.waits
    store.setValue("look/order", "time")
    store.remove("look/nothing")
    assert not store.waits
    store.remove("look/order")
    assert store.waits
    assert store.value("look/order") is None


def test_sync_writes_now(store: RestingSettings, file: Path) -> None:
    store.setValue("look/order", "time")
    store.sync()
    assert not store.waits
    assert "order=time" in file.read_text(encoding="utf-8")


def test_nothing_is_lost_when_it_ends(qtbot: QtBot, file: Path) -> None:
    store = RestingSettings(file)
    store.setValue("look/order", "time")
    store.deleteLater()
    del store
    qtbot.waitUntil(lambda: file.exists() and "order=time" in file.read_text(encoding="utf-8"))
