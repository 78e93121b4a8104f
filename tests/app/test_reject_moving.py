"""The review of rejects: exactly what, moved with sidecars and pairs, and every byte back."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from editor.core import reject_move
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
    assert "1 rejected photo, 3 files" in sheet.sentence.text()
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


def moved_once(qtbot: QtBot, window: MainWindow, *, to_bin: bool) -> None:
    """Rejects the second photo and moves it."""
    window.browsing.go_to(1)
    qtbot.keyClick(window.grid, Qt.Key.Key_X)
    reviewed(qtbot, window)
    sheet = window.rejects.sheet
    assert sheet is not None
    (sheet.bin if to_bin else sheet.folder).setChecked(True)
    assert sheet.command.text() == ("Put 1 file into the bin" if to_bin else "Move 1 file")
    sheet.accept()
    qtbot.waitUntil(lambda: settled(window, 5), timeout=WAIT_MS)


def settled(window: MainWindow, count: int) -> bool:
    return len(window.photos.shoot) == count and window.settled and not window.marking.stack.held


@pytest.mark.skipif(not QFile.supportsMoveToTrash(), reason="this system has no bin")
@pytest.mark.parametrize("to_bin", [False, True])
def test_a_move_is_taken_back_and_done_again_with_all_steps(
    qtbot: QtBot,
    open_window: OpenWindow,
    shoot_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    to_bin: bool,
) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    window = open_window(shoot_folder)
    before = bytes_in(shoot_folder)
    moved_once(qtbot, window, to_bin=to_bin)
    undo, redo = window.actions_by_id["undo"], window.actions_by_id["redo"]
    words = "1 file put into the bin" if to_bin else "1 file moved to _rejected"
    assert undo.text() == f"&Undo: {words}"
    assert window.browsing.current == shoot_folder / "IMG_3.jpg"
    after = bytes_in(shoot_folder)
    assert ("_rejected/IMG_2.jpg" in after) is not to_bin
    undo.trigger()
    qtbot.waitUntil(lambda: settled(window, 6), timeout=WAIT_MS)
    assert bytes_in(shoot_folder) == before
    assert (redo.text(), undo.text()) == (f"&Redo: {words}", "&Undo: IMG_2.jpg rejected")
    redo.trigger()
    qtbot.waitUntil(lambda: settled(window, 5), timeout=WAIT_MS)
    assert "IMG_2.jpg" not in bytes_in(shoot_folder)
    undo.trigger()
    qtbot.waitUntil(lambda: settled(window, 6), timeout=WAIT_MS)
    undo.trigger()
    assert window.photos.shoot.marks.marks(1).flag is Flag.UNFLAGGED
    assert bytes_in(shoot_folder) == before


def test_a_full_disk_refuses_the_move_with_a_reason(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_journal: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    window = open_window(shoot_folder)
    before = bytes_in(shoot_folder)
    window.actions_by_id["reject"].trigger()
    reviewed(qtbot, window)
    monkeypatch.setattr(reject_move, "write_journal", full)
    assert window.rejects.sheet is not None
    window.rejects.sheet.accept()
    qtbot.waitUntil(lambda: window.area.banner.isVisible(), timeout=WAIT_MS)
    assert window.area.banner.text == "_rejected: Nothing was moved: the disk is full."
    assert bytes_in(shoot_folder) == before
    assert window.actions_by_id["undo"].text() == "&Undo: IMG_1.jpg rejected"


def test_without_a_bin_the_sheet_says_so(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.desktop_bin.QFile.supportsMoveToTrash", lambda: False)
    window = open_window(shoot_folder)
    window.actions_by_id["reject"].trigger()
    window.settings.leave("rejects/where", "bin")
    reviewed(qtbot, window)
    sheet = window.rejects.sheet
    assert sheet is not None
    assert not sheet.bin.isEnabled()
    assert sheet.folder.isChecked()
    assert "This system has no bin" in sheet.bin.toolTip()
    sheet.reject()
