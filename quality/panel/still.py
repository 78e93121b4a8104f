"""A place for a label whose words change with every step of a line; nothing around it is laid out anew."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Still(QWidget):
    """Gives a label all the room it gets and asks for none itself.

    New words make a label ask every layout above it, up to the window's, for another size; here they end at
    a widget without a layout.
    """

    def __init__(self, label: QLabel, parent: QWidget | None = None) -> None:
        """Takes the label in.

        Args:
            label: Of one line.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self._label = label
        label.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as a line of words."""
        return QSize(0, self._label.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Gives all of it to the label."""
        self._label.setGeometry(self.rect())
        super().resizeEvent(event)
