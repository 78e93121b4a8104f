"""The overlay marks what is lost, leaves the rest clear, and lies where the picture lies."""

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from editor.panel.clipping_overlay import HIGHLIGHT, SHADOW, clipping_overlay
from editor.panel.picture_view import PictureView
from editor.panel.qimage import to_qimage


@pytest.mark.usefixtures("qtbot")
def test_marks() -> None:
    pixels = np.full((4, 7, 3), 120, np.uint8)
    pixels[0], pixels[3] = 255, 0
    overlay = clipping_overlay(to_qimage(pixels))
    assert (overlay.width(), overlay.height()) == (7, 4)
    assert overlay.pixelColor(3, 0).red() == pytest.approx(HIGHLIGHT[0], abs=2)
    assert overlay.pixelColor(6, 3).blue() == pytest.approx(SHADOW[2], abs=2)
    assert overlay.pixelColor(3, 1).alpha() == 0


@pytest.mark.parametrize("whole", [False, True])
def test_the_view_shows_and_hides_them(qtbot: QtBot, whole: bool) -> None:
    pixels = np.full((100, 200, 3), 120, np.uint8)
    pixels[:, 150:] = 255
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_picture(to_qimage(pixels), 200, 100)
    view.set_whole_pixels(whole)
    plain = view.grab().toImage()
    view.set_clipping(True)
    marked = view.grab().toImage()
    target = view.target()
    lost, kept = (round(target.left() + target.width() * share) for share in (0.9, 0.5))
    middle = round(target.center().y())
    assert marked.pixelColor(lost, middle).blue() < 60
    assert marked.pixelColor(kept, middle) == plain.pixelColor(kept, middle) == QColor(120, 120, 120)
    view.set_clipping(False)
    assert view.grab().toImage() == plain
