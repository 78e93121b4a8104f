"""Lets new badges fade in: how opaque the badges of a row are now, and when to paint again."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

DURATION_MS = 240
_STEP_MS = 30


class BadgeFade(QObject):
    """Knows the rows whose badges are new; nothing moves, only opacity changes."""

    stepped = Signal(list)

    def __init__(self, parent: QObject | None = None, clock: Callable[[], int] | None = None) -> None:
        """Begins with no fade.

        Args:
            parent: Owns this.
            clock: Milliseconds that only grow; None takes those of the system.
        """
        super().__init__(parent)
        timer = QElapsedTimer()
        timer.start()
        self._now = clock or timer.elapsed
        self._began: dict[int, int] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._step)

    @property
    def running(self) -> bool:
        """Whether any badge is still fading in."""
        return bool(self._began)

    def begin(self, rows: Iterable[int]) -> None:
        """Starts fading in the badges of these rows."""
        now = self._now()
        for row in rows:
            self._began[row] = now
        if self._began:
            self._timer.start()

    def clear(self) -> None:
        """Ends every fade."""
        self._began.clear()
        self._timer.stop()

    def opacity(self, row: int) -> float:
        """How opaque the badges of a row are, 0..1."""
        began = self._began.get(row)
        if began is None:
            return 1.0
        return min(1.0, (self._now() - began) / DURATION_MS)

    @Slot()
    def _step(self) -> None:
        rows = list(self._began)
        now = self._now()
        self._began = {row: began for row, began in self._began.items() if now - began < DURATION_MS}
        if not self._began:
            self._timer.stop()
        self.stepped.emit(rows)
