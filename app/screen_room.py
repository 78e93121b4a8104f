"""How much room the screen under a place has; the one way to ask for a screen."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen

_LARGEST_FIRST = QSize(1440, 960)


def screen_at(place: QPoint) -> QScreen:
    """The screen that shows a place, else the first one.

    Never `QWidget.screen`: PySide makes the window the owner of what that returns, and a second window
    that asks while the first one ends takes the screen along.
    """
    return QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()


def first_size(place: QPoint) -> QSize:
    """How large the window is before it has a size of its own: never more than the screen, never huge."""
    return (screen_room(place).size() * 0.95).boundedTo(_LARGEST_FIRST)


def screen_room(place: QPoint) -> QRect:
    """What windows may cover of the screen that shows a place, in device-independent pixels."""
    return screen_at(place).availableGeometry()
