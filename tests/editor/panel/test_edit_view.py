"""The edited picture on screen: before, after, split, the part at 100 %, and picking a spot."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from editor.core.recipe import NEUTRAL
from editor.core.window import Window
from editor.panel.edit_view import EditView, Side
from editor.panel.render_request import Rendered, RenderKind, RenderRequest

FULL = (600, 400)
BEFORE, AFTER, PART = QColor(200, 40, 40), QColor(40, 200, 40), QColor(40, 40, 200)


def made(kind: RenderKind, color: QColor, size: tuple[int, int], region: Window | None = None) -> Rendered:
    image = QImage(QSize(*size), QImage.Format.Format_RGB32)
    image.fill(color)
    request = RenderRequest(kind, Path("photo.jpg"), NEUTRAL, (300, 200), region)
    return Rendered(request, image, FULL, FULL, None)


@pytest.fixture
def view(qtbot: QtBot) -> EditView:
    shown = EditView()
    qtbot.addWidget(shown)
    shown.resize(332, 232)
    shown.show_after(made(RenderKind.PREVIEW, AFTER, (300, 200)))
    shown.show_before(made(RenderKind.BEFORE, BEFORE, (300, 200)))
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def color_at(view: EditView, x: float, y: float) -> QColor:
    """The colour at a fraction of the picture."""
    target = view.target()
    place = QPointF(target.left() + x * target.width(), target.top() + y * target.height())
    return view.grab().toImage().pixelColor(place.toPoint())


def test_before_after_and_both(view: EditView) -> None:
    assert color_at(view, 0.2, 0.8) == AFTER
    view.set_side(Side.BEFORE)
    assert color_at(view, 0.2, 0.8) == BEFORE
    view.set_side(Side.SPLIT)
    assert color_at(view, 0.2, 0.8) == BEFORE
    assert color_at(view, 0.8, 0.8) == AFTER


def test_the_split_line_can_be_dragged(qtbot: QtBot, view: EditView) -> None:
    view.set_side(Side.SPLIT)
    target = view.target()
    start = QPoint(round(target.center().x()), round(target.bottom() - 20))
    end = QPoint(round(target.left() + 0.9 * target.width()), start.y())
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert color_at(view, 0.8, 0.8) == BEFORE


def test_the_part_at_full_size_lies_where_it_belongs(view: EditView) -> None:
    view.set_whole_pixels(True)
    region = Window(280, 180, 40, 40)
    view.show_detail(made(RenderKind.DETAIL, PART, (40, 40), region), before=False)
    assert color_at(view, 0.5, 0.5) == PART
    assert color_at(view, 0.4, 0.5) == AFTER
    view.set_whole_pixels(False)
    assert color_at(view, 0.5, 0.5) == AFTER


def test_the_visible_region_is_within_the_picture_and_covers_the_view(view: EditView) -> None:
    view.set_whole_pixels(True)
    region = view.region()
    assert region.left >= 0
    assert region.left + region.width <= FULL[0]
    assert region.top + region.height <= FULL[1]
    assert region.width >= view.width()
    assert region.height >= view.height()


def test_a_click_picks_a_spot_once_asked(qtbot: QtBot, view: EditView) -> None:
    target = view.target()
    place = QPointF(target.left() + 0.25 * target.width(), target.top() + 0.5 * target.height()).toPoint()
    picks: list[QPointF] = []
    view.picked.connect(picks.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert picks == []
    view.set_picking(True)
    with qtbot.waitSignal(view.picked) as picked:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert picked.args[0].x() == pytest.approx(0.25, abs=0.01)
    assert picked.args[0].y() == pytest.approx(0.5, abs=0.01)


def test_another_photo_forgets_before_and_parts(view: EditView) -> None:
    view.forget()
    assert not view.has_before
