"""Lays small widgets out in lines that break where the width ends, like words."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_LEFT, _TOP, _RIGHT, _BOTTOM = 16, 2, 16, 6


class FlowRow(QWidget):
    """Each line is as high as its highest widget; its own height follows its width."""

    def __init__(self, parent: QWidget | None = None, gap: int = 4) -> None:
        super().__init__(parent)
        self._flowing: list[QWidget] = []
        self._gap = gap
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def add(self, widget: QWidget) -> None:
        """Adds a widget at the end."""
        widget.setParent(self)
        self._flowing.append(widget)

    def arrange(self) -> None:
        """Places every widget anew, for a new width or after a text changed."""
        down = self._arrange()
        if down != self.height():
            self.setFixedHeight(down)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A narrow window only makes more lines."""
        return QSize(160, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Breaks the lines anew."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Sizes are known only once the style is."""
        super().showEvent(event)
        self.arrange()

    def _arrange(self) -> int:
        """Places the widgets; returns the height they need."""
        across, down, line = _LEFT, _TOP, 0
        for widget in self._flowing:
            size = widget.sizeHint()
            if across > _LEFT and across + size.width() > self.width() - _RIGHT:
                across, down, line = _LEFT, down + line + self._gap, 0
            widget.setGeometry(QRect(QPoint(across, down), size))
            across += size.width() + self._gap
            line = max(line, size.height())
        return down + line + _BOTTOM
