"""Lets the Tab key go through a panel as the eye does: in the order of the layouts, not of construction."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def order_focus(widget: QWidget) -> None:
    """Sets the tab order of everything inside a widget."""
    for before, after in pairwise(focus_stops(widget)):
        QWidget.setTabOrder(before, after)


def focus_stops(widget: QWidget) -> Iterator[QWidget]:
    """What the Tab key stops at inside a widget, hidden or not, in the order of the layouts."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
        return
    layout = widget.layout()
    if layout is not None:
        yield from _stops(layout)


def _stops(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _stops(inner)
        elif widget is not None:
            yield from focus_stops(widget)
