"""Looking through a shoot: filter, order, focus and selection that stay, strip, preloading."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.photo_filter import EVERYTHING, Facet, PhotoFilter, SortKey
from app.photo_list_model import PhotoListModel
from app.photo_roles import PhotoRole
from app.shoot import Shoot
from app.shown_photos import ShownPhotos
from editor.core.marks import Flag

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]
SHIFT = Qt.KeyboardModifier.ShiftModifier


def names(window: MainWindow) -> list[str]:
    model = window.grid.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


@pytest.mark.usefixtures("qtbot")
def test_the_model_keeps_the_rules_of_qt() -> None:
    owner = QObject()
    photos = PhotoListModel(owner)
    shown = ShownPhotos(photos, owner)
    tester = QAbstractItemModelTester(shown, QAbstractItemModelTester.FailureReportingMode.Fatal, owner)
    photos.set_shoot(Shoot(Path("/s"), [Path(f"/s/{n}.jpg") for n in range(9)]))
    shown.filter = PhotoFilter(wanted=frozenset({Facet.PICK}))
    shown.refresh(shown.wanted_rows())
    assert shown.rowCount() == 0
    photos.note_thumbnails([Path("/s/3.jpg")])
    shown.filter, shown.reverse = EVERYTHING, True
    shown.refresh(shown.wanted_rows())
    assert shown.path(0) == Path("/s/8.jpg")
    assert shown.place_of(Path("/s/8.jpg")) == 0
    assert shown.row(9) == -1
    photos.set_shoot(Shoot(Path("/s"), []))
    assert tester.model() is shown


def test_a_filter_is_said_and_cleared_with_one_click(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    assert window.area.line.shown_text == ""
    window.area.filters.chip(Facet.BLUR).click()
    assert names(window) == ["IMG_4_soft.jpg"]
    assert window.area.line.shown_text == "1 of 6 shown"
    window.area.filters.chip(Facet.BLUR).click()
    assert window.area.filters.chip(Facet.BLUR).text() == "not Blur"
    assert len(names(window)) == 5
    window.area.filters.chip(Facet.BLUR).click()
    assert len(names(window)) == 6
    window.area.filters.chip(Facet.ERROR).click()
    assert names(window) == ["IMG_6_broken.jpg"]
    window.area.line.clear_asked.emit()
    assert len(names(window)) == 6
    assert not window.area.filters.chip(Facet.ERROR).isChecked()


def test_marked_photos_leave_the_undecided(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    qtbot.keyClick(window.grid, Qt.Key.Key_U, SHIFT)
    window.browsing.go_to(1)
    qtbot.keyClick(window.grid, Qt.Key.Key_X)
    assert "IMG_2.jpg" not in names(window)
    assert window.grid.currentIndex().data() == "IMG_3.jpg"
    assert window.area.line.shown_text == "5 of 6 shown"
    window.actions_by_id["undo"].trigger()
    assert window.grid.currentIndex().data() == "IMG_2.jpg"


def test_nothing_left_to_show_is_a_page_of_its_own(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    qtbot.keyClick(window.grid, Qt.Key.Key_P, SHIFT)
    assert window.area.view is window.area.filtered
    assert "hides all 6 photos" in window.area.filtered.text
    window.area.filtered.button.click()
    assert window.area.view is window.grid
    assert len(names(window)) == 6


def test_focus_and_selection_belong_to_photos(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    window.actions_by_id["select_all"].trigger()
    window.area.filters.order_chosen.emit(SortKey.SCORE.value, True)
    chosen = {index.data(PhotoRole.PATH).name for index in window.grid.selectionModel().selectedIndexes()}
    assert len(chosen) == 6
    assert window.grid.currentIndex().data() == "IMG_1.jpg"
    assert names(window)[-1] in ("IMG_4_soft.jpg", "IMG_5_dark.jpg")
    window.close()
    again = open_window(shoot_folder)
    assert again.settings.order == ("score", True)
    assert names(again)[-1] == names(window)[-1]


def test_the_next_undecided_photo(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    for place in (0, 1, 3):
        window.browsing.go_to(place)
        qtbot.keyClick(window.grid, Qt.Key.Key_P)
    window.browsing.go_to(0)
    seen = []
    for _ in range(4):
        qtbot.keyClick(window.grid, Qt.Key.Key_N)
        seen.append(window.grid.currentIndex().row())
    assert seen == [2, 4, 5, 2]


def test_a_raw_file_and_its_jpeg_are_one_photo(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    raw = shoot_folder / "IMG_2.CR3"
    raw.write_bytes(b"no decoder needs this")
    window = open_window(shoot_folder)
    assert names(window)[1] == "IMG_2.jpg + CR3"
    assert len(names(window)) == 6
    window.browsing.go_to(1)
    window.actions_by_id["reject"].trigger()
    qtbot.waitUntil(lambda: window.status.saved_text == "saved", timeout=WAIT_MS)
    window.close()
    (shoot_folder / "IMG_2.jpg").unlink()
    again = open_window(shoot_folder)
    assert names(again)[1] == "IMG_2.CR3"
    assert again.photos.shoot.marks.marks(1).flag is Flag.REJECT


def test_the_loupe_has_a_strip_and_loads_ahead(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    window.actions_by_id["loupe"].trigger()
    assert window.area.strip.isVisible()
    qtbot.waitUntil(lambda: window.loupe.shown is not None, timeout=WAIT_MS)
    photos = window.photos.shoot.photos
    qtbot.waitUntil(lambda: all(window.loupe.is_ready(path) for path in photos[1:4]), timeout=WAIT_MS)
    qtbot.keyClick(window.loupe, Qt.Key.Key_Right)
    assert window.loupe.shown is not None
    assert window.loupe.shown.path == photos[1]
    assert window.area.strip.currentIndex() == window.grid.currentIndex()
    assert "IMG_2.jpg, 2 of 6, undecided" in window.area.photo_line.accessibleName()
    qtbot.keyClick(window.loupe, Qt.Key.Key_P)
    assert "picked" in window.area.photo_line.accessibleName()


def test_two_photos_side_by_side(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    qtbot.keyClick(window.grid, Qt.Key.Key_C)
    compare, photos = window.area.compare, window.photos.shoot.photos
    assert window.area.view is compare
    assert (compare.panes[0].path, compare.panes[1].path) == photos[:2]
    assert not window.scores.isVisible()
    qtbot.keyClick(compare, Qt.Key.Key_Right)
    assert (compare.panes[0].path, compare.panes[1].path) == (photos[2], photos[1])
    qtbot.keyClick(compare, Qt.Key.Key_Tab)
    qtbot.keyClick(compare, Qt.Key.Key_X)
    recorded = window.photos.shoot.marks.recorded(1)
    assert recorded is not None
    assert recorded.marks.flag is Flag.REJECT
    assert not recorded.provenance.badge_seen
    assert "rejected" in compare.panes[1].line.accessibleName()
    window.actions_by_id["whole_pixels"].trigger()
    left, right = (pane.loupe.view for pane in compare.panes)
    qtbot.waitUntil(lambda: all(pane.loupe.shown is not None for pane in compare.panes), timeout=WAIT_MS)
    qtbot.mousePress(left, Qt.MouseButton.LeftButton, pos=left.rect().center())
    qtbot.mouseMove(left, left.rect().center() - QPoint(40, 20))
    assert left.target().size() == right.target().size()
    assert left.target().topLeft() == right.target().topLeft()
    assert left.whole_pixels
    assert right.whole_pixels
    qtbot.keyClick(compare, Qt.Key.Key_Escape)
    assert window.area.view is window.grid
    assert not left.whole_pixels


def test_undo_under_ctrl_selects_one_photo_only(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    qtbot.keyClick(window.grid, Qt.Key.Key_X)
    window.browsing.go_to(3)
    qtbot.keyClick(window.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [index.data() for index in window.grid.selectionModel().selectedIndexes()] == ["IMG_1.jpg"]
    qtbot.keyClick(window.grid, Qt.Key.Key_P)
    assert window.status.said == "IMG_1.jpg picked"


def test_undo_says_that_the_filter_hides_its_photo(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    for key in (Qt.Key.Key_X, Qt.Key.Key_Right, Qt.Key.Key_P):
        qtbot.keyClick(window.grid, key)
    qtbot.keyClick(window.grid, Qt.Key.Key_X, SHIFT)
    assert names(window) == ["IMG_1.jpg"]
    window.actions_by_id["undo"].trigger()
    hidden = "The filter hides this photo; Shift+Esc shows all."
    assert window.status.said == f"Taken back: IMG_2.jpg picked. {hidden}"
    window.browsing.clear_filter()
    window.actions_by_id["redo"].trigger()
    assert window.status.said == "Done again: IMG_2.jpg picked"
    assert window.browsing.current == shoot_folder / "IMG_2.jpg"
    window.browsing.go_to(0)
    qtbot.keyClick(window.grid, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(window.grid, Qt.Key.Key_U)
    qtbot.keyClick(window.grid, Qt.Key.Key_P, SHIFT)
    window.actions_by_id["undo"].trigger()
    assert names(window) == ["IMG_2.jpg"]
    assert "The filter hides 1 of these photos" in window.status.said
