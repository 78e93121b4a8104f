"""A line of words that ends in dots where there is no room for all of them, and then says all on hovering."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

_FEWEST = "MMMM…"


class ElidedLabel(QLabel):
    """One line; never makes its window wider. `text` stays whole, for screen readers too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    @property
    def shown_text(self) -> str:
        """What there is room for."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def show_text(self, text: str) -> None:
        """Shows another text."""
        if text != self.text():
            self.setText(text)
            self._say_all()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a few letters, or for all where they are fewer."""
        few = self.fontMetrics().horizontalAdvance(_FEWEST)
        return QSize(min(few, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Says in the tooltip what no longer fits."""
        super().resizeEvent(event)
        self._say_all()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints as much as there is room for."""
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            self.shown_text,
            self.foregroundRole(),
        )
        painter.end()

    def _say_all(self) -> None:
        words = "" if self.shown_text == self.text() else self.text()
        if words != self.toolTip():
            self.setToolTip(words)
