"""Copying and moving picks through the window: dialog, example, progress, report, and undo of a move."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.pick_report import ended_words
from app.pick_work import PickProgress, PicksEnded, PickWish
from app.picks_dialog import PicksDialog
from app.sheet import Sheet
from editor.core.copy_picks import Conflict, CopyOutcome, CopyResult
from editor.core.marks import Flag

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def asked(qtbot: QtBot, window: MainWindow) -> PicksDialog:
    window.copying.dialog = None
    window.actions_by_id["copy_picks"].trigger()
    qtbot.waitUntil(lambda: window.copying.dialog is not None, timeout=WAIT_MS)
    assert window.copying.dialog is not None
    return window.copying.dialog


def reported(qtbot: QtBot, window: MainWindow) -> Sheet:
    qtbot.waitUntil(lambda: window.copying.report is not None, timeout=WAIT_MS)
    report, window.copying.report = window.copying.report, None
    assert report is not None
    report.reject()
    return report


def settled(window: MainWindow, count: int) -> bool:
    return len(window.photos.shoot) == count and window.settled and not window.marking.stack.held


def test_picks_are_copied_by_the_keyboard_with_a_live_example(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    (shoot_folder / "IMG_1.CR3").write_bytes(b"raw")
    (shoot_folder / "IMG_1.xmp").write_text("<x/>")
    window, out = open_window(shoot_folder), tmp_path / "out"
    for key in (Qt.Key.Key_P, Qt.Key.Key_4, Qt.Key.Key_Right, Qt.Key.Key_P):
        qtbot.keyClick(window.grid, key)
    qtbot.keyClick(window.grid, Qt.Key.Key_C, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: window.copying.dialog is not None, timeout=WAIT_MS)
    dialog = window.copying.dialog
    assert dialog is not None
    assert not dialog.go.isEnabled()
    assert "Choose a folder" in dialog.problem.text()
    qtbot.keyClicks(dialog.folder, str(out))
    dialog.template.setText("{nothing}")
    assert "{nothing} is no field" in dialog.problem.text()
    dialog.template.setText("{rating}/{name}_{number:3}")
    assert dialog.example.text() == "IMG_1.jpg → 4/IMG_1_001.jpg"
    assert dialog.go.text() == "Copy 2 picks"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    report = reported(qtbot, window)
    assert report.sentence.text().startswith("2 picks copied. Folder:")
    names = {path.relative_to(out).as_posix() for path in out.rglob("*.*") if not path.name.startswith(".")}
    assert names == {"4/IMG_1_001.jpg", "4/IMG_1_001.CR3", "4/IMG_1_001.xmp", "0/IMG_2_002.jpg"}
    again = asked(qtbot, window)
    assert (again.folder.text(), again.template.text()) == (str(out), "{rating}/{name}_{number:3}")
    again.go.click()
    assert reported(qtbot, window).sentence.text().startswith("2 there already")
    assert not window.actions_by_id["undo"].text().startswith("&Undo: 2")


def test_a_move_is_taken_back_and_done_again(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in shoot_folder.glob("*.jpg")}
    window, out = open_window(shoot_folder), tmp_path / "out"
    window.actions_by_id["pick"].trigger()
    dialog = asked(qtbot, window)
    dialog.folder.setText(str(out))
    dialog.move_away.setChecked(True)
    assert dialog.go.text() == "Move 1 pick"
    dialog.go.click()
    reported(qtbot, window)
    qtbot.waitUntil(lambda: settled(window, 5), timeout=WAIT_MS)
    assert (out / "IMG_1.jpg").read_bytes() == before["IMG_1.jpg"]
    assert not (shoot_folder / "IMG_1.jpg").exists()
    for name, count in (("undo", 6), ("redo", 5), ("undo", 6)):
        assert window.actions_by_id[name].text().endswith("1 picks moved")
        window.actions_by_id[name].trigger()
        qtbot.waitUntil(partial(settled, window, count), timeout=WAIT_MS)
    assert {path.name: path.read_bytes() for path in shoot_folder.glob("*.jpg")} == before
    assert window.photos.shoot.marks.marks(0).flag is Flag.PICK


def test_without_picks_there_is_nothing_to_copy(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    window.actions_by_id["copy_picks"].trigger()
    qtbot.waitUntil(lambda: "No photo is picked" in window.status.said, timeout=WAIT_MS)
    assert window.copying.dialog is None


def test_a_target_without_room_is_refused_and_undo_stays(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.pick_work.missing_room", lambda *_, **__: 1)
    window = open_window(shoot_folder)
    window.actions_by_id["pick"].trigger()
    dialog = asked(qtbot, window)
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.go.click()
    assert "nothing was copied: the disk is full" in reported(qtbot, window).sentence.text().lower()
    assert not (tmp_path / "out").exists()
    assert window.actions_by_id["undo"].text() == "&Undo: IMG_1.jpg picked"


def test_rate_and_time_left_are_said_and_escape_stops(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    window = open_window(shoot_folder)
    window.actions_by_id["pick"].trigger()
    dialog = asked(qtbot, window)
    dialog.started.disconnect()
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.go.click()
    dialog.show_progress(PickProgress(3, 12, 20_480, 81_920, 2.0))
    assert dialog.words.text() == "3 of 12 photos, 10 KiB/s, 6 s left"
    assert dialog.bar.value() == 250
    with qtbot.waitSignal(dialog.stop_asked):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.end()
    assert not dialog.isVisible()


def test_what_became_of_all_is_said_in_one_sentence() -> None:
    wish = PickWish(Path("/out"), "{name}", Conflict.SKIP, move=False)
    kinds = (CopyOutcome.COPIED, CopyOutcome.COPIED, CopyOutcome.SKIPPED, CopyOutcome.FAILED)
    results = tuple(CopyResult(Path("/a.jpg"), kind) for kind in kinds)
    assert ended_words(PicksEnded(wish, results, 6)) == "2 picks copied, 1 left out, 1 failed, 2 not begun"
    assert ended_words(PicksEnded(wish, (), 0)) == "nothing was copied"
