"""The histogram on screen: where all channels are it is grey, in either theme."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from editor.core.histogram import Histogram
from editor.panel.histogram_view import HistogramView


@pytest.mark.parametrize("ground", ["#1e1e1e", "#fafafa"])
def test_where_all_three_are_it_is_grey_and_the_line_can_be_seen(qtbot: QtBot, ground: str) -> None:
    view = HistogramView()
    qtbot.addWidget(view)
    palette = view.palette()
    text = QColor("#d6d6d6" if ground < "#8" else "#222222")
    palette.setColor(QPalette.ColorRole.Base, QColor(ground))
    palette.setColor(QPalette.ColorRole.WindowText, text)
    view.setPalette(palette)
    view.resize(300, 120)
    even = np.full(256, 100, np.int64)
    view.set_histogram(Histogram(even, even, even, even // 100, 0.0, 0.0))
    found = view.grab().toImage().pixelColor(150, 40)
    levels = (found.red(), found.green(), found.blue())
    assert max(levels) - min(levels) <= 2
    assert abs(found.lightness() - text.lightness()) > 30
    assert abs(found.lightness() - QColor(ground).lightness()) > 60
