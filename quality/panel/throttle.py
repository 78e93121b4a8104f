"""A throttle for sliders: the first call now, the last one a little later, those between dropped."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot


class Throttle(QObject):
    """Calls ``action`` at once, then at most once per interval while asked again."""

    def __init__(self, action: Callable[[], None], interval_ms: int, parent: QObject) -> None:
        """Makes the throttle.

        Args:
            action: Called in the thread of ``parent``, without arguments: it reads the newest state.
            interval_ms: The shortest time between two calls, in milliseconds.
            parent: The object that owns it.
        """
        super().__init__(parent)
        self._action = action
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._rest_over)

    @Slot()
    def call(self) -> None:
        """Asks for the action: now if rested, else when the interval is over."""
        if self._timer.isActive():
            self._again = True
            return
        self._timer.start()
        self._action()

    def flush(self) -> None:
        """Runs what is still owed, now."""
        self._timer.stop()
        self._rest_over()

    @Slot()
    def _rest_over(self) -> None:
        if self._again:
            self._again = False
            self._timer.start()
            self._action()
