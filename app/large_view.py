"""The keys that every view of large photos shares; decodes and paints nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_WAYS_BACK = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LargeView(QWidget):
    """Arrows go to the neighbours, Space is 100 % while held, Escape and Enter go back to the grid."""

    closed = Signal()
    stepped = Signal(int)
    whole_pixels_changed = Signal(bool)

    def set_whole_pixels(self, whole: bool) -> None:
        """Switches between fitted and 100 %."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Steps, shows 100 % or goes back; other keys belong to the window."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.set_whole_pixels(True)
        elif key in _WAYS_BACK:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Letting go of Space fits the picture again."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.set_whole_pixels(False)
            return
        super().keyReleaseEvent(event)
