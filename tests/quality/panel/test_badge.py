"""Badges: a shape of its own per defect, hollow, dashed, hints smaller and grey."""

from itertools import pairwise
from math import cos, radians, sin

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from quality.core.labels import DEFECTS, Defect
from quality.panel.badge import DEFECT_COLORS, BadgeLabel, BadgeMark, badge_letter, badge_shape, paint_badge

BOX = QRectF(0, 0, 100, 100)


def painted(mark: BadgeMark, opacity: float = 1.0) -> QImage:
    image = QImage(104, 104, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    paint_badge(painter, QRectF(2, 2, 100, 100), mark, opacity)
    painter.end()
    return image


def reach(image: QImage) -> int:
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(104) for y in range(104))


def test_shapes_differ_without_colour() -> None:
    corner, tip = QPointF(10, 20), QPointF(50, 95)
    assert badge_shape(Defect.UNDER, BOX).contains(corner)
    assert not badge_shape(Defect.OVER, BOX).contains(corner)
    assert not badge_shape(Defect.BLUR, BOX).contains(QPointF(8, 8))
    assert badge_shape(Defect.UNDER, BOX).contains(tip)
    assert [badge_letter(defect) for defect in DEFECTS] == ["B", "U", "O"]


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_hint_is_smaller_and_grey(defect: Defect) -> None:
    full, hint = painted(BadgeMark(defect)), painted(BadgeMark(defect, hint=True))
    assert reach(hint) < reach(full)
    colors = [hint.pixelColor(x, y) for x in range(104) for y in range(104)]
    assert all(c.saturation() < 12 for c in colors if c.alpha() == 255)
    found = [full.pixelColor(x, y) for x in range(104) for y in range(104)]
    assert DEFECT_COLORS[defect] in found


@pytest.mark.usefixtures("qtbot")
def test_the_outline_is_dashed() -> None:
    image = painted(BadgeMark(Defect.BLUR))
    middle, radius = 52, 40.25
    around = [(cos(radians(angle)), sin(radians(angle))) for angle in range(360)]
    ring = [image.pixelColor(round(middle + radius * x), round(middle + radius * y)) for x, y in around]
    lit = [color.blue() > 150 for color in ring]
    assert sum(one != other for one, other in pairwise(lit)) > 12


@pytest.mark.usefixtures("qtbot")
def test_fading_changes_only_opacity() -> None:
    mark = BadgeMark(Defect.OVER)
    assert reach(painted(mark, 0.0)) == 0
    assert painted(mark, 0.5).pixelColor(52, 60).alpha() < painted(mark, 1.0).pixelColor(52, 60).alpha()


def test_the_label_paints_in_every_state(qtbot: QtBot) -> None:
    label = BadgeLabel(Defect.UNDER)
    qtbot.addWidget(label)
    full = label.grab().toImage()
    label.set_hint(True)
    assert label.grab().toImage() != full
    label.setEnabled(False)
    assert label.width() == label.height() == 22
