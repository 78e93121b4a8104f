"""A whole shoot culled with the keyboard only, and everything as left when it is opened again."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from editor.core.marks import Flag, Marks
from editor.core.xmp_sidecar import read_sidecar

WAIT_MS = 60_000
COUNT = 60
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def sixty(shoot_folder: Path) -> Path:
    """Sixty photos with names in camera style, made from the drawn ones."""
    drawn = sorted(shoot_folder.glob("*.jpg"))[:5]
    for number in range(COUNT):
        shutil.copyfile(drawn[number % len(drawn)], shoot_folder / f"DSC_{number:04}.jpg")
    for path in [*drawn, shoot_folder / "IMG_6_broken.jpg", shoot_folder / "notes.txt"]:
        path.unlink()
    return shoot_folder


def activate(qtbot: QtBot, window: MainWindow) -> None:
    """Waits until keys reach the window, as they do on a screen once a sheet is closed."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)


def test_culled_by_keyboard(qtbot: QtBot, open_window: OpenWindow, sixty: Path) -> None:
    originals = {path.name: path.read_bytes() for path in sixty.glob("*.jpg")}
    window = open_window(sixty)
    view: QWidget = window.grid

    def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            qtbot.keyClick(view, key, modifier)

    key = Qt.Key
    # Walk and decide in grid and loupe.
    press(key.Key_P, key.Key_Right, key.Key_X, key.Key_Right, key.Key_P, key.Key_5)
    press(key.Key_E)
    view = window.loupe
    press(key.Key_Right, key.Key_X, key.Key_Right, key.Key_6, key.Key_Right, key.Key_X)
    press(key.Key_Z, modifier=CONTROL)
    assert window.status.said == "Taken back: DSC_0005.jpg rejected"
    press(key.Key_G)
    view = window.grid
    # A range at once.
    press(key.Key_Home)
    for _ in range(10):
        press(key.Key_Right)
    for _ in range(4):
        press(key.Key_Right, modifier=SHIFT)
    press(key.Key_X)
    assert window.status.said == "5 photos rejected"
    assert window.area.line.text.endswith("60 photos, 24 flagged, 2 picks, 7 rejects, 51 undecided")
    # Look at the rejects alone, then at all.
    press(key.Key_X, modifier=SHIFT)
    assert window.area.line.shown_text == "7 of 60 shown"
    press(key.Key_Escape, modifier=SHIFT)
    assert window.area.line.shown_text == ""
    # Compare the first two undecided ones.
    press(key.Key_Home, key.Key_N, key.Key_C)
    view = window.area.compare
    press(key.Key_Tab, key.Key_P, key.Key_Escape)
    view = window.grid
    assert window.photos.shoot.marks.marks(5).flag is Flag.PICK
    # Publish, review, move, take back.
    press(key.Key_S, modifier=CONTROL | SHIFT)
    qtbot.waitUntil(lambda: window.publishing.sheet is not None, timeout=WAIT_MS)
    sheet = window.publishing.sheet
    assert sheet is not None
    assert "3 picks, 7 rejects and 1 photo with stars" in sheet.sentence.text()
    qtbot.keyClick(sheet, key.Key_Return)
    qtbot.waitUntil(lambda: "11 sidecars say your marks now" in window.status.said, timeout=WAIT_MS)
    activate(qtbot, window)
    press(key.Key_Backspace, modifier=CONTROL)
    qtbot.waitUntil(lambda: window.rejects.sheet is not None, timeout=WAIT_MS)
    review = window.rejects.sheet
    assert review is not None
    assert len(review.lines) == 14
    qtbot.keyClick(review, key.Key_Return)
    qtbot.waitUntil(lambda: len(window.photos.shoot) == COUNT - 7 and window.settled, timeout=WAIT_MS)
    assert len(list((sixty / "_rejected").glob("*.jpg"))) == 7
    activate(qtbot, window)
    press(key.Key_Z, modifier=CONTROL)
    qtbot.waitUntil(lambda: len(window.photos.shoot) == COUNT and window.settled, timeout=WAIT_MS)
    assert {path.name: path.read_bytes() for path in sixty.glob("*.jpg")} == originals
    qtbot.waitUntil(lambda: not window.marking.stack.held, timeout=WAIT_MS)
    assert window.actions_by_id["redo"].text() == "&Redo: 14 files moved to _rejected"
    assert window.actions_by_id["undo"].text() == "&Undo: DSC_0005.jpg picked"
    window.close()

    again = open_window(sixty)
    marks = [again.photos.shoot.marks.marks(row) for row in range(COUNT)]
    expected = [Marks()] * COUNT
    expected[0], expected[2], expected[5] = Marks(Flag.PICK), Marks(Flag.PICK, 5), Marks(Flag.PICK)
    expected[4] = Marks(label="Red")
    for row in (1, 3, *range(10, 15)):
        expected[row] = Marks(Flag.REJECT)
    assert marks == expected
    sidecar = read_sidecar(sixty / "DSC_0002.xmp")
    assert sidecar is not None
    assert (sidecar.properties.pick, sidecar.properties.rating) == ("1", "5")


def test_the_sheet_of_keys_names_every_key(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    activate(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.keys.isVisible()
    assert "Mark the selected photos as picks" in window.keys.lines
