"""Collects Python's garbage in the GUI thread only, so that no worker ends a widget by chance."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_INTERVAL_MS = 1_000


class GarbageCollection(QObject):
    """Takes over from Python's own collection, which runs in whichever thread makes an object.

    A dialog that is closed is often part of a cycle. If a worker's thread collects it, Qt ends a
    widget outside the GUI thread, which may crash the program.
    """

    def __init__(self, parent: QObject) -> None:
        """Switches Python's own collection off and begins to look once a second.

        Args:
            parent: Lives in the GUI thread and owns this.
        """
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # modules and classes live as long as the program: nothing to look through
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    @Slot()
    def collect_due(self) -> None:
        """Collects the oldest generation whose turn has come by Python's own counts."""
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [number for number in range(3) if counts[number] > limits[number]]
        if due:
            gc.collect(max(due))
