"""The grid: evenly spread columns, the rows that are visible, size by wheel, cells that paint."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.icons import icon
from app.photo_grid import PhotoGrid
from app.photo_list_model import PhotoListModel
from app.shoot import Shoot
from app.thumbnail_store import ThumbnailStore
from editor.core.photo import PhotoIdentity
from quality.core.labels import PerDefect
from quality.core.scorer import PhotoScore
from quality.core.thresholds import default_modes


@pytest.fixture
def grid(qtbot: QtBot) -> PhotoGrid:
    store = ThumbnailStore(10_000_000)
    made = PhotoGrid(store)
    made.delegate.set_broken_icon(icon("broken", QColor("white")))
    model = PhotoListModel(made)
    model.set_shoot(Shoot(Path("/s"), [Path(f"/s/IMG_{n:04}.jpg") for n in range(500)]))
    made.setModel(model)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.doItemsLayout()
    return made


def really_visible(grid: PhotoGrid) -> list[int]:
    model, room = grid.model(), grid.viewport().rect()
    return [row for row in range(model.rowCount()) if grid.visualRect(model.index(row, 0)).intersects(room)]


@pytest.mark.parametrize("width", [330, 500, 700, 783])
@pytest.mark.parametrize("side", [96, 184, 300])
@pytest.mark.parametrize("scrolled", [0, 333, 1500])
def test_visible_rows_are_those_on_screen(
    qtbot: QtBot, grid: PhotoGrid, width: int, side: int, scrolled: int
) -> None:
    grid.resize(width, 600)
    grid.set_side(side)
    grid.doItemsLayout()
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() > 1500)
    grid.verticalScrollBar().setValue(scrolled)
    assert list(grid.visible_rows()) == really_visible(grid)


@pytest.mark.parametrize("row", [0, 130, 499])
def test_the_photo_in_focus_stays_whole_in_a_lower_grid(qtbot: QtBot, grid: PhotoGrid, row: int) -> None:
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() > 1500)
    current = grid.model().index(row, 0)
    grid.setCurrentIndex(current)
    grid.scrollTo(current)
    grid.resize(700, 470)
    cell = grid.visualRect(current)
    assert (cell.top() >= 0, cell.bottom() <= grid.viewport().height()) == (True, True)


def test_a_photo_in_focus_that_was_left_is_not_scrolled_to(qtbot: QtBot, grid: PhotoGrid) -> None:
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() > 1500)
    grid.setCurrentIndex(grid.model().index(0, 0))
    grid.verticalScrollBar().setValue(1400)
    grid.resize(700, 470)
    assert grid.verticalScrollBar().value() == 1400


def test_scrolling_announces_other_rows(qtbot: QtBot, grid: PhotoGrid) -> None:
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() > 1500)
    with qtbot.waitSignal(grid.visible_changed):
        grid.verticalScrollBar().setValue(1200)
    assert grid.visible_rows().start > 0


def test_ctrl_and_wheel_change_the_size(qtbot: QtBot, grid: PhotoGrid) -> None:
    def turn(modifiers: Qt.KeyboardModifier) -> None:
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(grid.viewport(), event)

    with qtbot.waitSignal(grid.side_wanted) as caught:
        turn(Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [grid.side + 16]
    with qtbot.assertNotEmitted(grid.side_wanted):
        turn(Qt.KeyboardModifier.NoModifier)


def test_the_size_has_limits(grid: PhotoGrid) -> None:
    grid.set_side(5)
    assert grid.side == 96
    grid.set_side(5000)
    assert grid.side == 384


def test_cells_of_every_state_paint(grid: PhotoGrid) -> None:
    model = grid.model()
    assert isinstance(model, PhotoListModel)
    plain = grid.grab().toImage()
    photos = model.shoot.photos
    model.take_scores([(photos[0], PhotoScore(PhotoIdentity(1, "a"), 9, 9, PerDefect(0.9, 0.9, 0.9)))])
    model.take_faults([(photos[1], "It is damaged in a way that needs many words to say so, " * 9)])
    grid.setCurrentIndex(model.index(2, 0))
    painted = grid.grab().toImage()
    for row in range(3):
        rect = grid.visualRect(model.index(row, 0))
        assert plain.copy(rect) != painted.copy(rect)
    rest = grid.visualRect(model.index(4, 0))
    assert plain.copy(rest) == painted.copy(rest)


def test_a_thumbnail_is_painted_in_the_middle(grid: PhotoGrid) -> None:
    model = grid.model()
    assert isinstance(model, PhotoListModel)
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("#00ff00"))
    grid.delegate.thumbnails.put(model.shoot.photos[0], picture)
    model.note_thumbnails([model.shoot.photos[0]])
    rect = grid.visualRect(model.index(0, 0))
    centre = rect.center() - QPoint(0, 12)
    assert grid.viewport().grab().toImage().pixelColor(centre) == QColor("#00ff00")


def test_moving_a_line_repaints_only_cells_whose_badges_change(grid: PhotoGrid) -> None:
    model = grid.model()
    assert isinstance(model, PhotoListModel)
    scored = [
        (path, PhotoScore(PhotoIdentity(row, "a"), 9, 9, PerDefect(row / 10, 0.0, 0.0)))
        for row, path in enumerate(model.shoot.photos[:5])
    ]
    model.take_scores(scored)
    model.set_lines(PerDefect(0.25, 0.5, 0.5), default_modes())
    grid.grab()
    before = [grid.delegate.is_stale(model.cell(row)) for row in range(5)]
    painted = grid.viewport().grab().toImage()
    model.set_lines(PerDefect(0.35, 0.5, 0.5), default_modes())
    after = [grid.delegate.is_stale(model.cell(row)) for row in range(5)]
    assert before == [False] * 5
    assert after == [False, False, False, True, False]
    moved = grid.viewport().grab().toImage()
    for row in range(5):
        rect = grid.visualRect(model.index(row, 0))
        assert (painted.copy(rect) == moved.copy(rect)) is (row != 3)
