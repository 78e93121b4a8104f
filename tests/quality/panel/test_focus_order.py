"""The Tab key goes through the quality panel as the eye does, and to everything in it."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from quality.core.thresholds import Modes, Thresholds, default_modes
from quality.panel.dark_line import DarkLine
from quality.panel.focus_order import focus_stops
from quality.panel.near_line import NEAR, NearTile
from quality.panel.quality_panel import QualityPanel


def chain(first: QWidget, panel: QWidget) -> list[QWidget]:
    """What Tab stops at in a panel, from one widget on; the field inside a number is its own business."""
    found: list[QWidget] = [first]
    widget = first.nextInFocusChain()
    while widget is not None and widget is not first:
        inside = panel.isAncestorOf(widget) and widget.objectName() != "qt_spinbox_lineedit"
        if inside and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def test_tab_goes_down_the_panel(qtbot: QtBot) -> None:
    panel = QualityPanel(lambda _name: QIcon())
    qtbot.addWidget(panel)
    panel.setEnabled(True)
    modes: Modes = default_modes()
    panel.set_lines(Thresholds(0.5, 0.5, 0.5), modes)
    panel.show_scores(np.random.default_rng(1).random((50, 3)), settled=50)
    panel.near.flush()
    panel.resize(340, 900)
    panel.show()
    stops = [stop for stop in focus_stops(panel) if stop.isVisible()]
    assert chain(stops[0], panel) == stops
    assert sum(isinstance(stop, NearTile) for stop in stops) == NEAR
    assert sum(isinstance(stop, QPushButton) for stop in stops) == 3 * 4
    # Nothing lies wholly above what comes before it.
    tops = [stop.mapTo(panel, QPoint(0, 0)).y() for stop in stops]
    ends = [top + stop.height() for top, stop in zip(tops, stops, strict=True)]
    assert all(end > top for top, end in zip(tops, ends[1:], strict=False))
    dark_line = panel.findChildren(DarkLine)[0].number
    assert stops.index(dark_line) < stops.index(panel.near.findChildren(NearTile)[0])
