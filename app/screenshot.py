"""Saves a picture of the window once everything is judged, then ends the program."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow

_log = logging.getLogger(__name__)

_LOOK_MS = 100


class Screenshot(QObject):
    """Looks a few times a second whether the window has settled."""

    def __init__(self, window: MainWindow, file: Path) -> None:
        """Starts looking.

        Args:
            window: The window to wait for; closed afterwards.
            file: Where the picture goes; its suffix names the format.
        """
        super().__init__(window)
        self._window, self._file = window, file
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    @Slot()
    def _look(self) -> None:
        if not self._window.settled:
            return
        self._timer.stop()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        saved = self._window.grab().save(str(self._file))
        if not saved:
            _log.error("the picture could not be written to %s", self._file)
        self._window.close()
        QApplication.exit(0 if saved else 1)
