"""A widget whose ground hides everything behind it, so that nothing there is painted when it changes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class Ground(QWidget):
    """Fills itself with the colour the style sheet gives it, or the palette.

    Without it Qt paints every widget that lies behind, up to the window, each time a number changes: eight
    layers of one grey. Qt's own way to say the same, a filled background, is switched off by a style sheet.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Fills what is to be painted."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().window())
        painter.end()
