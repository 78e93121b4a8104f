"""The review of rejects: exactly what, moved with sidecars and pairs, and every byte back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from editor.core.marks import Flag

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier


def bytes_in(folder: Path) -> dict[str, bytes]:
    """All files of a shoot but the store."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".framesift" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def reviewed(qtbot: QtBot, window: MainWindow) -> None:
    window.rejects.sheet = None
    qtbot.keyClick(window.grid, Qt.Key.Key_Backspace, CONTROL)
    qtbot.waitUntil(lambda: window.rejects.sheet is not None, timeout=WAIT_MS)


def test_rejects_are_listed_moved_and_brought_back(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    (shoot_folder / "IMG_2.CR3").write_bytes(b"raw")
    (shoot_folder / "IMG_2.jpg.xmp").write_text("<x/>")
    before = bytes_in(shoot_folder)
    window = open_window(shoot_folder)
    window.browsing.go_to(1)
    qtbot.keyClick(window.grid, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: window.status.saved_text == "saved", timeout=WAIT_MS)
    # The filter hides the reject: the review looks at marks, not at the view.
    qtbot.keyClick(window.grid, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    window.actions_by_id["review_rejects"].trigger()
    qtbot.waitUntil(lambda: window.rejects.sheet is not None, timeout=WAIT_MS)
    sheet = window.rejects.sheet
    assert sheet is not None
    assert sheet.lines == ["IMG_2.jpg", "IMG_2.CR3", "IMG_2.jpg.xmp"]
    assert "1 rejected photos, 3 files" in sheet.sentence.text()
    assert bytes_in(shoot_folder) == before
    sheet.accept()
    qtbot.waitUntil(lambda: len(window.photos.shoot) == 5 and window.settled, timeout=WAIT_MS)
    assert (shoot_folder / "_rejected" / "IMG_2.jpg").read_bytes() == before["IMG_2.jpg"]
    assert window.actions_by_id["undo"].text() == "&Undo: 3 files moved to _rejected"
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: len(window.photos.shoot) == 6 and window.settled, timeout=WAIT_MS)
    assert bytes_in(shoot_folder) == before
    assert window.photos.shoot.marks.marks(1).flag is Flag.REJECT


def test_without_rejects_there_is_nothing_to_move(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    before = bytes_in(shoot_folder)
    reviewed(qtbot, window)
    sheet = window.rejects.sheet
    assert sheet is not None
    assert sheet.lines == []
    assert "nothing to move" in sheet.sentence.text()
    sheet.reject()
    window.actions_by_id["bring_back"].trigger()
    qtbot.waitUntil(lambda: "no moved rejects" in window.status.said, timeout=WAIT_MS)
    assert bytes_in(shoot_folder) == before
