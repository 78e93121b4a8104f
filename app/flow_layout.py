"""Lays widgets out in lines that break where the width ends, like words."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_MARGINS = (16, 2, 16, 6)


class FlowLayout(QLayout):
    """Each line is as high as its highest widget."""

    def __init__(self, parent: QWidget, gap: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(*_MARGINS)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Takes a widget's item."""
        self._items.append(item)

    def count(self) -> int:
        """Number of widgets."""
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """One item, None past the end."""
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Gives one item away."""
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """A narrow window needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """The height at a width, in device-independent pixels."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, room: QRect) -> None:  # noqa: N802 - Qt's name
        """Moves the widgets."""
        super().setGeometry(room)
        self._arrange(room, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the widest widget at least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the widest widget."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        left, top, right, bottom = _MARGINS
        return size + QSize(left + right, top + bottom)

    def _arrange(self, room: QRect, *, move: bool) -> int:
        """Lays out; returns the height used."""
        left, top, right, bottom = _MARGINS
        inside = room.adjusted(left, top, -right, -bottom)
        across, down, line = inside.left(), inside.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if across > inside.left() and across + size.width() > inside.right() + 1:
                across, down, line = inside.left(), down + line + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(across, down), size))
            across += size.width() + self._gap
            line = max(line, size.height())
        return down + line - room.top() + bottom
