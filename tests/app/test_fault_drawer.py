"""The drawer of unreadable photos: lists them with reasons, leads to them, and has them read anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.fault_drawer import FaultDrawer
from app.fault_list_model import REASON, FaultListModel
from app.main_window import MainWindow
from app.photo_roles import PhotoState

OpenWindow = Callable[..., MainWindow]
BROKEN = "IMG_6_broken.jpg"
KEY = Qt.Key.Key_F7
SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_drawer(qtbot: QtBot, window: MainWindow) -> FaultDrawer:
    """Opens the drawer with its key."""
    qtbot.keyClick(window.grid, KEY, SHIFT)
    drawer = window.area.drawer
    assert drawer.isVisible()
    return drawer


def answered(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Has everything tried again and waits for what is said of it."""
    drawer = window.area.drawer
    drawer.retry.click()
    assert drawer.title == "Reading again …"
    assert window.photos.state(len(window.photos.shoot) - 1) is PhotoState.WAITING
    qtbot.waitUntil(lambda: window.status.said == words)


def test_the_key_opens_and_closes_it_and_gives_the_keyboard_back(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    action = window.actions_by_id["fault_list"]
    assert action.isEnabled()
    assert not window.area.drawer.isVisible()
    drawer = open_drawer(qtbot, window)
    assert action.isChecked()
    assert drawer.list.hasFocus()
    qtbot.keyClick(drawer.list, KEY, SHIFT)
    assert not drawer.isVisible()
    assert not action.isChecked()
    assert window.grid.hasFocus()
    open_drawer(qtbot, window)
    qtbot.keyClick(drawer.list, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert not action.isChecked()


def test_it_says_which_photo_and_why_as_the_cell_does(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    drawer = open_drawer(qtbot, window)
    (reason,) = window.photos.shoot.faults.values()
    assert drawer.title == "1 photo cannot be read"
    assert drawer.list.accessibleName() == drawer.title
    assert drawer.model.photos == (shoot_folder / BROKEN,)
    assert drawer.model.index(0, REASON).data() == reason
    assert drawer.model.index(0, REASON).data(Qt.ItemDataRole.ToolTipRole) == reason
    drawer.copy_all.click()
    assert QGuiApplication.clipboard().text() == f"{BROKEN}\t{reason}\n"
    assert window.status.said == "1 line copied"


def test_enter_leads_to_the_photo_and_says_where_a_filter_hides_it(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    window.show_loupe()
    drawer = open_drawer(qtbot, window)
    qtbot.keyClick(drawer.list, Qt.Key.Key_Return)
    assert window.area.view is window.grid
    assert window.grid.hasFocus()
    assert window.browsing.current == shoot_folder / BROKEN
    window.browsing.go_to(0)
    window.actions_by_id["pick"].trigger()
    window.actions_by_id["only_picks"].trigger()
    drawer.chosen.emit(shoot_folder / BROKEN)
    assert window.status.said == f"{BROKEN} cannot be read. The filter hides this photo; Shift+Esc shows all."


def test_a_file_that_is_repaired_is_read_and_judged_and_leaves_the_list(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    drawer = open_drawer(qtbot, window)
    answered(qtbot, window, "Still unreadable")
    assert drawer.model.photos == (shoot_folder / BROKEN,)
    assert drawer.isVisible()

    window.browsing.go_to(5)
    window.show_loupe()
    qtbot.waitUntil(window.loupe.fault.isVisible)
    shutil.copy(shoot_folder / "IMG_4_soft.jpg", shoot_folder / BROKEN)
    answered(qtbot, window, "The photo can be read now")
    assert not drawer.isVisible()
    assert not window.actions_by_id["fault_list"].isEnabled()
    assert window.status.faults_text == ""
    qtbot.waitUntil(lambda: window.photos.shoot.is_judged(5) and window.loupe.shown is not None)
    assert window.photos.shoot.scores_of(5) == window.photos.shoot.scores_of(3)
    assert window.photos.badges(5) == window.photos.badges(3)
    assert not window.loupe.fault.isVisible()


def repair(qtbot: QtBot, window: MainWindow, shoot_folder: Path) -> None:
    """Puts a good file in the place of the broken one and has it tried again."""
    shutil.copy(shoot_folder / "IMG_4_soft.jpg", shoot_folder / BROKEN)
    open_drawer(qtbot, window)
    answered(qtbot, window, "The photo can be read now")


def test_beside_another_a_file_that_is_repaired_is_shown_at_once(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    window.browsing.go_to(5)
    window.show_compare()
    broken, other = window.area.compare.panes
    assert broken.path == shoot_folder / BROKEN
    qtbot.waitUntil(lambda: broken.loupe.fault.isVisible() and other.loupe.shown is not None)
    before = other.loupe.shown
    assert before is not None
    repair(qtbot, window, shoot_folder)
    qtbot.waitUntil(lambda: broken.loupe.shown is not None)
    assert broken.loupe.view.isVisible()
    assert not broken.loupe.view.image.isNull()
    assert other.loupe.shown is not None
    assert other.loupe.shown.path == before.path  # its size follows the room that the drawer leaves
    assert window.area.view is window.area.compare


def test_in_the_editor_a_file_that_is_repaired_is_shown_at_once(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    window.browsing.go_to(5)
    qtbot.keyClick(window.grid, Qt.Key.Key_D)
    desk = window.area.desk
    qtbot.waitUntil(desk.fault.isVisible)
    repair(qtbot, window, shoot_folder)
    qtbot.waitUntil(lambda: not desk.view.image.isNull() and window.editing.live.settled)
    assert desk.view.isVisible()
    assert not desk.fault.isVisible()
    assert window.area.view is desk


def test_while_judging_is_paused_it_is_shown_and_judged_afterwards(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    open_drawer(qtbot, window)
    window.session.judging.set_paused(True)
    shutil.copy(shoot_folder / "IMG_1.jpg", shoot_folder / BROKEN)
    answered(qtbot, window, "The photo can be read now")
    assert not window.photos.shoot.is_judged(5)
    window.session.judging.set_paused(False)
    qtbot.waitUntil(lambda: window.photos.shoot.is_judged(5))


def test_without_a_model_the_thumbnail_is_made(
    qtbot: QtBot,
    open_window: OpenWindow,
    shoot_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tmp_path / "nowhere"))
    window = open_window(shoot_folder)
    open_drawer(qtbot, window)
    answered(qtbot, window, "Still unreadable")
    shutil.copy(shoot_folder / "IMG_1.jpg", shoot_folder / BROKEN)
    answered(qtbot, window, "The photo can be read now")
    assert shoot_folder / BROKEN in window.thumbnails


def test_only_the_selected_are_tried_and_the_rest_stays_where_it_is(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    for number in (7, 8):
        shutil.copy(shoot_folder / BROKEN, shoot_folder / f"IMG_{number}_broken.jpg")
    window = open_window(shoot_folder)
    drawer = open_drawer(qtbot, window)
    assert drawer.title == "3 photos cannot be read"
    assert drawer.retry.text() == "Try again"
    before = drawer.model.photos
    drawer.list.setCurrentIndex(drawer.model.index(1, 0))
    assert drawer.retry.text() == "Try selected again"
    with qtbot.waitSignal(drawer.retry_asked) as asked:
        drawer.retry.click()
    assert asked.args == [[before[1]]]
    assert drawer.title == "2 photos cannot be read"
    qtbot.waitUntil(lambda: window.status.said == "Still unreadable")
    assert drawer.model.photos == before
    assert drawer.selected == [before[1]]


def test_another_shoot_empties_and_closes_it(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    window = open_window(shoot_folder)
    drawer = open_drawer(qtbot, window)
    other = tmp_path / "Sunday"
    other.mkdir()
    shutil.copy(shoot_folder / "IMG_1.jpg", other / "IMG_1.jpg")
    window.open_path(other)
    qtbot.waitUntil(lambda: window.photos.shoot.folder == other)
    assert drawer.model.photos == ()
    assert not drawer.isVisible()
    assert not window.actions_by_id["fault_list"].isEnabled()
    qtbot.waitUntil(lambda: window.settled)
    assert drawer.model.photos == ()


def test_the_model_follows_without_moving_what_stays(qtbot: QtBot) -> None:
    model = FaultListModel()
    a, b, c = Path("b.jpg"), Path("a.jpg"), Path("c.jpg")
    model.follow({a: "1", b: "2"})
    kept = FaultDrawer()
    qtbot.addWidget(kept)
    kept.model.follow({a: "1", b: "2"})
    kept.list.setCurrentIndex(kept.model.index(1, 0))
    with qtbot.assertNotEmitted(kept.model.modelReset):
        kept.model.follow({c: "3", b: "4"})
    assert kept.model.photos == (b, c)
    assert kept.selected == [b]
    assert kept.model.text([b, c]) == "a.jpg\t4\nc.jpg\t3\n"
    with qtbot.assertNotEmitted(model.dataChanged):
        model.follow({a: "1", b: "2"})
    model.follow({})
    assert model.rowCount() == 0
