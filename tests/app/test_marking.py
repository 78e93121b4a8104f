"""Marks by key: on one photo and on many, taken back and done again, said in words, drawn solid."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.mark_book import FlagCode, MarkBook
from app.mark_edit import MarkEdit, spoken_marks
from app.numbers import number
from editor.core.marks import NO_MARKS, Decider, Flag, Marks, Provenance, RecordedMarks

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]


def flags(window: MainWindow) -> list[Flag]:
    shoot = window.photos.shoot
    return [shoot.marks.marks(row).flag for row in range(len(shoot))]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (MarkEdit(flag=Flag.PICK), "a.jpg picked"),
        (MarkEdit(rating=1), "a.jpg: 1 star"),
        (MarkEdit(rating=4), "a.jpg: 4 stars"),
        (MarkEdit(rating=0), "a.jpg: stars taken away"),
        (MarkEdit(label="Red"), "a.jpg: red label"),
        (MarkEdit(label=""), "a.jpg: label taken away"),
    ],
)
def test_words_of_one(edit: MarkEdit, words: str) -> None:
    assert edit.words("a.jpg", 1) == words


def test_words_of_many_and_for_screen_readers() -> None:
    assert MarkEdit(flag=Flag.REJECT).words("a.jpg", 1200) == f"{number(1200)} photos rejected"
    assert spoken_marks(Marks(Flag.REJECT, 1, "Blue")) == "rejected, 1 star, label blue"
    assert spoken_marks(Marks(Flag.PICK, 3, "Client")) == "picked, 3 stars, label Client"
    assert spoken_marks(NO_MARKS) == ""


def test_an_edit_leaves_the_other_marks() -> None:
    marks = Marks(Flag.PICK, 3, "Red")
    assert MarkEdit(flag=Flag.REJECT).applied(marks) == Marks(Flag.REJECT, 3, "Red")
    assert MarkEdit(rating=0).applied(marks) == Marks(Flag.PICK, 0, "Red")
    assert MarkEdit(label="").applied(marks) == Marks(Flag.PICK, 3, None)


def test_the_columns_follow_the_marks() -> None:
    book = MarkBook(3)
    recorded = RecordedMarks(Marks(Flag.REJECT, 2, "Red"), Provenance.now(Decider.USER, badge_seen=True))
    book.note(1, recorded)
    assert book.recorded(1) is recorded
    assert book.count(FlagCode.REJECT) == 1
    assert list(book.ratings) == [0, 2, 0]
    book.note(1, None)
    assert book.marks(1) == NO_MARKS
    assert book.labels == [None] * 3


def test_keys_mark_the_photo_in_focus(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    qtbot.keyClick(window.grid, Qt.Key.Key_P)
    assert flags(window)[0] is Flag.PICK
    assert window.status.said == "IMG_1.jpg picked"
    for key in (Qt.Key.Key_X, Qt.Key.Key_4, Qt.Key.Key_6):
        qtbot.keyClick(window.grid, key)
    assert window.photos.shoot.marks.marks(0) == Marks(Flag.REJECT, 4, "Red")
    said = str(window.photos.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said == "IMG_1.jpg, nothing flagged, rejected, 4 stars, label red"
    for key in (Qt.Key.Key_U, Qt.Key.Key_0, Qt.Key.Key_6):
        qtbot.keyClick(window.grid, key)
    assert window.photos.shoot.marks.marks(0) == NO_MARKS


def test_a_mark_on_many_says_how_many(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    window.actions_by_id["select_all"].trigger()
    qtbot.keyClick(window.grid, Qt.Key.Key_X)
    assert flags(window) == [Flag.REJECT] * 6
    assert window.status.said == "6 photos rejected"
    assert window.actions_by_id["undo"].text() == "&Undo: 6 photos rejected"
    qtbot.keyClick(window.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert flags(window) == [Flag.UNFLAGGED] * 6
    assert window.status.said == "Taken back: 6 photos rejected"
    qtbot.keyClick(
        window.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert flags(window) == [Flag.REJECT] * 6
    assert not window.actions_by_id["redo"].isEnabled()


def test_undo_brings_back_exactly_what_was(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    book = window.photos.shoot.marks
    window.actions_by_id["pick"].trigger()
    before = book.recorded(0)
    assert before is not None
    assert before.provenance.badge_seen
    window.actions_by_id["reject"].trigger()
    window.actions_by_id["undo"].trigger()
    assert book.recorded(0) is before
    window.actions_by_id["undo"].trigger()
    assert book.recorded(0) is None


def test_undo_shows_the_photo_it_means(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    window.actions_by_id["pick"].trigger()
    window.grid.setCurrentIndex(window.grid.model().index(3, 0))
    window.actions_by_id["undo"].trigger()
    assert window.grid.currentIndex().data() == "IMG_1.jpg"


def test_going_on_after_a_mark(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    window.actions_by_id["auto_advance"].trigger()
    for key in (Qt.Key.Key_P, Qt.Key.Key_X, Qt.Key.Key_3):
        qtbot.keyClick(window.grid, key)
    assert flags(window)[:3] == [Flag.PICK, Flag.REJECT, Flag.UNFLAGGED]
    assert window.photos.shoot.marks.ratings[2] == 3
    assert window.grid.currentIndex().row() == 3
    window.close()
    assert open_window(shoot_folder).actions_by_id["auto_advance"].isChecked()


def test_the_loupe_marks_what_it_shows(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    window.actions_by_id["select_all"].trigger()
    window.actions_by_id["loupe"].trigger()
    qtbot.keyClick(window.loupe, Qt.Key.Key_X)
    assert flags(window).count(Flag.REJECT) == 1
    recorded = window.photos.shoot.marks.recorded(0)
    assert recorded is not None
    assert recorded.provenance.badge_seen


def test_marks_are_drawn(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    plain = window.grid.grab().toImage()
    for name in ("reject", "stars_3", "label_blue"):
        window.actions_by_id[name].trigger()
    painted = window.grid.grab().toImage()
    first, second = (window.grid.visualRect(window.grid.model().index(row, 0)) for row in (0, 1))
    assert plain.copy(first) != painted.copy(first)
    assert plain.copy(second) == painted.copy(second)


def test_without_a_shoot_nothing_can_be_marked(open_window: OpenWindow) -> None:
    window = open_window()
    for name in ("pick", "stars_1", "label_red", "select_all", "undo", "redo"):
        assert not window.actions_by_id[name].isEnabled()


def test_badges_are_shown_while_comparing_only_on_demand(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    window.browsing.go_to(3)  # the soft one
    window.actions_by_id["compare"].trigger()
    line = window.area.compare.panes[0].line
    assert not line.badges
    assert not window.area.shows_badges
    assert window.scores.isHidden()
    window.actions_by_id["compare_badges"].trigger()
    assert [badge.defect.value for badge in line.badges] == ["blur"]
    assert "badge Blur" in line.accessibleName()
    assert window.area.shows_badges
    assert not window.scores.isHidden()
    window.actions_by_id["compare_badges"].trigger()
    assert line.badges == ()
