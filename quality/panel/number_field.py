"""A field for a number beside a line: digits are typed, all other keys stay those of the window."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

_LEAVES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class NumberField(QDoubleSpinBox):
    """A typed number counts with Enter or when the field is left; `left` comes with Enter and Escape."""

    left = Signal()

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        """Makes a field of two or three digits.

        Args:
            width: In device-independent pixels.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFrame(False)
        self.setFixedSize(width, 26)

    def event(self, event: QEvent) -> bool:
        """Leaves letters to the shortcuts of the window: none of them belongs to a number."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.text().isalpha():
                event.ignore()
                return False
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes the number, Escape the one before; both end the typing."""
        if event.key() == Qt.Key.Key_Escape:
            self.setValue(self.value())
        super().keyPressEvent(event)
        if event.key() in _LEAVES:
            event.accept()
            self.left.emit()
