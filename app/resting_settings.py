"""An INI file that is written once its changes rest, so that no dragged line waits for a disk."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer, Slot

REST_MS = 800


class RestingSettings(QSettings):
    """What is set holds at once in this process; the file follows when nothing was set for a moment.

    Qt would write the file in the very next turn of the event loop and wait until the disk has it: at every
    step of a dragged line that took a third of the time until the line was painted. Lives in the GUI thread.
    """

    def __init__(self, file: Path) -> None:
        """Opens the file; it is made when first written."""
        super().__init__(str(file), QSettings.Format.IniFormat)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._write)

    @property
    def waits(self) -> bool:
        """Whether something is set that the file does not have yet."""
        return self._rest.isActive()

    def setValue(self, key: str, value: Any) -> None:  # noqa: N802 - Qt's name
        """Sets a value; one that is the same already waits for nothing."""
        if self.value(key) != value:
            super().setValue(key, value)
            self._wait()

    def remove(self, key: str) -> None:
        """Removes a value."""
        if self.contains(key):
            super().remove(key)
            self._wait()

    def sync(self) -> None:
        """Writes the file now."""
        self._rest.stop()
        super().sync()

    def event(self, event: QEvent) -> bool:
        """Keeps Qt from writing at once."""
        if event.type() == QEvent.Type.UpdateRequest:
            return True
        return super().event(event)

    def _wait(self) -> None:
        """Waits for rest; without an application the end of the object writes the file."""
        if QCoreApplication.instance() is not None:
            self._rest.start()

    @Slot()
    def _write(self) -> None:
        self.sync()
