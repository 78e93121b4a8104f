"""The whole way through the real window: open, judge, move lines, look at what is broken, come back."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.action_table import ACTIONS
from app.main_window import MainWindow
from app.photo_roles import PhotoState
from quality.core.inference import QualityModel
from quality.core.labels import DEFECTS, Defect
from quality.core.thresholds import Mode
from quality.core.verdict import decide
from quality.panel.badge import BadgeMark

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]


def names(window: MainWindow) -> list[str]:
    return [window.photos.index(row).data() for row in range(window.photos.rowCount())]


def test_a_shoot_is_judged_and_shown(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    assert names(window)[:3] == ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"]
    assert [window.photos.state(row) for row in range(5)] == [PhotoState.JUDGED] * 5
    assert window.photos.badges(0) == ()
    assert window.photos.badges(3) == (BadgeMark(Defect.BLUR),)
    assert BadgeMark(Defect.UNDER) in window.photos.badges(4)
    assert window.area.summary == "Saturday shoot: 6 photos, 2 flagged"
    assert window.status.text == "5 of 6 judged"
    assert window.windowTitle().startswith("Saturday shoot")


def test_a_broken_photo_is_said_and_never_called_good(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    assert window.photos.state(5) is PhotoState.BROKEN
    assert window.photos.shoot.scores_of(5) is None
    assert window.status.faults_text == "1 unreadable"
    window.actions_by_id["next_fault"].trigger()
    assert window.grid.currentIndex().row() == 5
    assert "neither good nor bad" in window.scores.reason
    assert "cannot be read" in str(window.photos.index(5).data(Qt.ItemDataRole.AccessibleTextRole))
    window.actions_by_id["loupe"].trigger()
    qtbot.waitUntil(lambda: window.loupe.fault.isVisible(), timeout=WAIT_MS)
    assert "IMG_6_broken.jpg cannot be shown" in window.loupe.fault.text


def test_moving_a_line_redecides_without_the_model(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    before = window.photos.shoot.probabilities.copy()
    row = window.panel.row(Defect.BLUR)
    row.slider.setValue(100)
    window.panel.flush()
    assert window.photos.badges(3) == ()
    row.slider.setValue(0)
    window.panel.flush()
    assert all(BadgeMark(Defect.BLUR) in window.photos.badges(photo) for photo in range(5))
    assert row.count_text == "5 flagged"
    assert (window.photos.shoot.probabilities[:5] == before[:5]).all()


def test_modes_turn_badges_into_hints_and_off(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    row = window.panel.row(Defect.BLUR)
    row.click_mode(Mode.HINT)
    window.panel.flush()
    assert window.photos.badges(3) == (BadgeMark(Defect.BLUR, hint=True),)
    assert "hint" in row.count_text
    row.click_mode(Mode.OFF)
    window.panel.flush()
    assert window.photos.badges(3) == ()
    assert row.count_text == ""


def test_badges_are_those_of_decide(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    for number in range(len(window.photos.shoot)):
        found = decide(window.photos.shoot.scores_of(number), window.panel.thresholds, window.panel.modes)
        marks = window.photos.badges(number)
        assert tuple(m.defect for m in marks if not m.hint) == found.reasons
        assert tuple(m.defect for m in marks if m.hint) == found.hints


def test_everything_is_remembered(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    scores = window.photos.shoot.probabilities.copy()
    window.panel.row(Defect.OVER).slider.setValue(83)
    window.panel.row(Defect.UNDER).click_mode(Mode.HINT)
    window.panel.flush()
    window.actions_by_id["larger"].trigger()
    side = window.grid.side
    window.resize(780, 640)
    window.close()

    again = open_window(shoot_folder)
    assert (again.photos.shoot.probabilities[:5] == scores[:5]).all()
    assert again.panel.thresholds.of(Defect.OVER) == 0.83
    assert again.panel.modes.of(Defect.UNDER) is Mode.HINT
    assert again.grid.side == side
    assert (again.width(), again.height()) == (780, 640)
    assert shoot_folder in again.settings.recent_folders


def test_reopened_photos_are_not_judged_again(
    open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_window(shoot_folder).close()

    def never(*_arguments: object) -> None:
        raise AssertionError("the model was asked")

    monkeypatch.setattr("quality.core.inference.QualityModel.run", never)
    again = open_window(shoot_folder)
    assert again.photos.shoot.judged == 5


def test_another_folder_replaces_the_first_at_once(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "only.jpg").write_bytes((shoot_folder / "IMG_2.jpg").read_bytes())
    window = open_window()
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: len(window.photos.shoot) == 6, timeout=WAIT_MS)
    window.open_path(other)
    qtbot.waitUntil(lambda: window.photos.shoot.folder == other and window.settled, timeout=WAIT_MS)
    assert names(window) == ["only.jpg"]
    assert window.photos.shoot.judged == 1


def test_the_event_loop_runs_while_every_worker_is_busy(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.session.judging.has_model, timeout=WAIT_MS)
    gate, threads, run = threading.Event(), set(), QualityModel.run

    def slow(model: QualityModel, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        threads.add(threading.current_thread())
        gate.wait(180)  # not for ever: a failed test must end
        return run(model, batch)

    monkeypatch.setattr(QualityModel, "run", slow)
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: bool(threads), timeout=WAIT_MS)
    ticks: list[int] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: ticks.append(window.photos.shoot.judged))
    timer.start(5)
    qtbot.waitUntil(lambda: len(ticks) >= 20, timeout=WAIT_MS)
    window.panel.row(Defect.BLUR).slider.setValue(12)
    assert ticks == [0] * len(ticks)
    gate.set()
    qtbot.waitUntil(lambda: window.settled, timeout=WAIT_MS)
    assert threading.main_thread() not in threads
    assert window.photos.shoot.judged == 5


def test_pause_and_stop(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, gate: threading.Event
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.session.judging.has_model, timeout=WAIT_MS)
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: len(window.photos.shoot) == 6, timeout=WAIT_MS)
    window.actions_by_id["stop"].trigger()
    judged = window.photos.shoot.settled
    assert window.session.judging.stopped
    assert window.status.text == f"{judged} of 6 judged, stopped"
    gate.set()
    window.actions_by_id["again"].trigger()
    qtbot.waitUntil(lambda: window.settled, timeout=WAIT_MS)
    assert window.photos.shoot.judged == 5


def test_pausing_keeps_thumbnails_coming(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, gate: threading.Event
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.session.judging.has_model, timeout=WAIT_MS)
    window.session.judging.set_paused(True)
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: len(window.photos.shoot) == 6, timeout=WAIT_MS)
    window.session.judging.set_paused(True)
    qtbot.waitUntil(
        lambda: all(path in window.thumbnails for path in window.photos.shoot.photos[:5]), timeout=WAIT_MS
    )
    assert "paused" in window.status.text
    gate.set()
    window.session.judging.set_paused(False)
    qtbot.waitUntil(lambda: window.settled, timeout=WAIT_MS)


def test_without_a_model_browsing_works(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tmp_path / "nowhere"))
    window = open_window(shoot_folder)
    assert window.area.banner.isVisible()
    assert "cannot be judged" in window.area.banner.text
    assert not window.panel.isEnabled()
    assert window.status.text == "Not judged: there is no model"
    assert all(path in window.thumbnails for path in window.photos.shoot.photos[:5])
    assert window.photos.state(5) is PhotoState.BROKEN
    window.show_loupe()
    qtbot.waitUntil(lambda: window.loupe.shown is not None, timeout=WAIT_MS)


def test_an_empty_folder_says_what_was_found(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "a.txt").write_text("")
    window = open_window()
    window.open_path(tmp_path / "nothing")
    qtbot.waitUntil(lambda: window.area.view is window.area.empty, timeout=WAIT_MS)
    assert "One file was found" in window.area.empty.text
    assert not window.actions_by_id["loupe"].isEnabled()


def test_an_unreadable_folder_says_why(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    window.open_path(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: window.area.view is window.area.failure, timeout=WAIT_MS)
    assert "nowhere cannot be opened" in window.area.failure.text


def test_a_photo_opens_its_folder(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window()
    window.open_path(shoot_folder / "IMG_3.jpg")
    qtbot.waitUntil(lambda: len(window.photos.shoot) == 6, timeout=WAIT_MS)
    assert window.grid.currentIndex().data() == "IMG_3.jpg"


def test_a_dropped_folder_is_opened(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window()
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(shoot_folder))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    qtbot.waitUntil(lambda: len(window.photos.shoot) == 6, timeout=WAIT_MS)


def test_keys_change_the_view(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    window.activateWindow()
    qtbot.keyClick(window.grid, Qt.Key.Key_E)
    assert window.area.view is window.loupe
    qtbot.waitUntil(lambda: window.loupe.shown is not None, timeout=WAIT_MS)
    qtbot.keyClick(window.loupe, Qt.Key.Key_Right)
    assert window.loupe.path == shoot_folder / "IMG_2.jpg"
    qtbot.keyPress(window.loupe, Qt.Key.Key_Space)
    assert window.actions_by_id["whole_pixels"].isChecked()
    qtbot.waitUntil(
        lambda: window.loupe.shown is not None and window.loupe.shown.box is None, timeout=WAIT_MS
    )
    qtbot.keyRelease(window.loupe, Qt.Key.Key_Space)
    assert not window.actions_by_id["whole_pixels"].isChecked()
    qtbot.keyClick(window.loupe, Qt.Key.Key_G)
    assert window.area.view is window.grid
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    assert window.area.view is window.loupe


def test_the_theme_can_be_changed(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    dark = window.grab().toImage().pixelColor(4, window.height() // 2).lightness()
    window.actions_by_id["light"].trigger()
    assert window.grab().toImage().pixelColor(4, window.height() // 2).lightness() > dark + 100
    window.actions_by_id["light"].trigger()


def test_every_action_is_in_a_menu_and_says_its_key(open_window: OpenWindow) -> None:
    window = open_window()
    menus = window.menuBar().findChildren(QMenu)
    listed = {action.objectName() for menu in menus for action in menu.actions()}
    assert {row.id for row in ACTIONS} <= listed
    for row in ACTIONS:
        action = window.actions_by_id[row.id]
        assert action.text()
        if row.keys:
            assert (
                QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) in action.toolTip()
            )


def test_no_key_is_used_twice() -> None:
    keys = [key for row in ACTIONS for key in row.keys]
    assert len(keys) == len(set(keys))


def test_controls_have_names_for_screen_readers(open_window: OpenWindow) -> None:
    window = open_window()
    for defect in DEFECTS:
        row = window.panel.row(defect)
        assert row.slider.accessibleName()
        assert row.number.accessibleName()
    for button in window.status.findChildren(QToolButton):
        assert button.accessibleName() or button.text()


def test_the_window_is_gone_before_threads_are_waited_for(
    open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(shoot_folder)
    close, seen = window.session.close, []

    def look_and_close() -> None:
        seen.append(window.isVisible())
        close()

    monkeypatch.setattr(window.session, "close", look_and_close)
    assert window.isVisible()
    assert window.close()
    assert seen == [False]


def test_closing_in_the_middle_is_clean(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.session.judging.has_model, timeout=WAIT_MS)
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: len(window.photos.shoot) == 6, timeout=WAIT_MS)
    window.close()
