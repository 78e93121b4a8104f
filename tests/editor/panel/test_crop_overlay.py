"""The crop overlay: handles, keys, ratio, straightening by mouse and by a drawn line."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from editor.core.crop import Crop
from editor.panel.crop_overlay import CropOverlay

FULL = (600, 400)


@pytest.fixture
def overlay(qtbot: QtBot) -> CropOverlay:
    made = CropOverlay()
    qtbot.addWidget(made)
    made.resize(680, 480)
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 120, 150))
    made.show_photo(image, FULL)
    made.show_crop(Crop())
    made.show()
    qtbot.waitExposed(made)
    return made


def drag(qtbot: QtBot, overlay: CropOverlay, start: QPointF, by: tuple[int, int]) -> None:
    begin = start.toPoint()
    middle, end = begin + QPoint(by[0] // 2, by[1] // 2), begin + QPoint(*by)
    qtbot.mousePress(overlay, Qt.MouseButton.LeftButton, pos=begin)
    qtbot.mouseMove(overlay, middle)
    qtbot.mouseMove(overlay, end)
    qtbot.mouseRelease(overlay, Qt.MouseButton.LeftButton, pos=end)


def test_a_corner_cuts_in_proportion(qtbot: QtBot, overlay: CropOverlay) -> None:
    places = overlay.places()
    assert places.scale == pytest.approx(1.0)
    with qtbot.waitSignal(overlay.rested):
        drag(qtbot, overlay, places.frame.topLeft(), (60, 40))
    assert overlay.crop.left == pytest.approx(0.1, abs=0.005)
    assert overlay.crop.top == pytest.approx(0.1, abs=0.005)
    assert (overlay.crop.right, overlay.crop.bottom) == (1.0, 1.0)


def test_the_cut_moves_from_its_inside(qtbot: QtBot, overlay: CropOverlay) -> None:
    overlay.show_crop(Crop(0.25, 0.25, 0.75, 0.75))
    drag(qtbot, overlay, overlay.places().frame.center(), (60, -40))
    assert overlay.crop.left == pytest.approx(0.35, abs=0.005)
    assert overlay.crop.top == pytest.approx(0.15, abs=0.005)
    assert overlay.crop.right - overlay.crop.left == pytest.approx(0.5, abs=0.001)


def test_an_edge_keeps_a_ratio(qtbot: QtBot, overlay: CropOverlay) -> None:
    overlay.show_crop(Crop(0.25, 0.25, 0.75, 0.75))
    overlay.set_ratio(1.5)
    frame = overlay.places().frame
    drag(qtbot, overlay, QPointF(frame.right(), frame.center().y()), (-60, 0))
    assert overlay.cut.width / overlay.cut.height == pytest.approx(1.5, rel=0.02)
    assert overlay.cut.width == pytest.approx(240, abs=2)


def test_dragging_beside_the_photo_turns_it(qtbot: QtBot, overlay: CropOverlay) -> None:
    overlay.resize(900, 480)
    start = QPointF(overlay.places().frame.right() + 40, overlay.places().centre.y())
    drag(qtbot, overlay, start, (0, 30))
    assert 2 < overlay.crop.angle < 10


def test_a_drawn_line_is_level_afterwards(qtbot: QtBot, overlay: CropOverlay) -> None:
    overlay.set_levelling(True)
    drag(qtbot, overlay, overlay.places().frame.center(), (100, 10))
    assert overlay.crop.angle == pytest.approx(-5.7)


@pytest.mark.parametrize(
    ("key", "modifier", "edges"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (0.252, 0.25, 0.752, 0.75)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, (0.25, 0.23, 0.75, 0.73)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, (0.25, 0.25, 0.748, 0.75)),
    ],
)
def test_keys_nudge(
    qtbot: QtBot,
    overlay: CropOverlay,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    edges: tuple[float, float, float, float],
) -> None:
    overlay.show_crop(Crop(0.25, 0.25, 0.75, 0.75))
    qtbot.keyClick(overlay, key, modifier)
    crop = overlay.crop
    assert (crop.left, crop.top, crop.right, crop.bottom) == pytest.approx(edges, abs=1e-4)


def test_brackets_straighten_by_a_step(qtbot: QtBot, overlay: CropOverlay) -> None:
    qtbot.keyClick(overlay, Qt.Key.Key_BracketRight)
    assert overlay.crop.angle == pytest.approx(0.1)


@pytest.mark.parametrize(("key", "kept"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_enter_keeps_and_escape_gives_up(qtbot: QtBot, overlay: CropOverlay, key: Qt.Key, kept: bool) -> None:
    with qtbot.waitSignal(overlay.closed) as closed:
        qtbot.keyClick(overlay, key)
    assert closed.args == [kept]


def test_the_outside_is_shaded_and_the_inside_is_not(overlay: CropOverlay) -> None:
    overlay.show_crop(Crop(0.5, 0.0, 1.0, 1.0))
    shown = overlay.grab().toImage()
    places = overlay.places()
    outside = (places.corner + QPointF(100, 100)).toPoint()
    inside = (places.frame.center() + QPointF(30, 30)).toPoint()
    assert shown.pixelColor(inside) == QColor(90, 120, 150)
    assert shown.pixelColor(outside).lightness() < QColor(90, 120, 150).lightness() - 40
