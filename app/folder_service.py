"""Lists a folder in the background, so that a slow drive never stops the window."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from editor.core.errors import FolderError
from editor.core.folder import FolderListing, scan_folder
from editor.core.jobs import Answer, Cancellation, JobPool

SLOW_MS = 2000
"""A folder that is not listed after so long is called slow."""

_log = logging.getLogger(__name__)


class FolderService(QObject):
    """Lives in the GUI thread; answers only for the folder asked for last."""

    listed = Signal(object)
    failed = Signal(object, str)
    slow = Signal(object)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = -1
        self._pool: JobPool[Path, FolderListing] = JobPool(
            _list, self._answered.emit, workers=1, name="folder"
        )
        self._answered.connect(self._take)
        self._wanted: Path | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._grew_slow)

    @property
    def wanted(self) -> Path | None:
        """The folder that was asked for and has not answered."""
        return self._wanted

    def list(self, folder: Path) -> None:
        """Asks for the photos of a folder; `slow` says that its drive takes long."""
        self._wanted = folder
        self._patience.start(SLOW_MS)
        self._generation = self._pool.begin()
        self._pool.submit([folder])

    def close(self) -> None:
        """Stops the thread."""
        self._patience.stop()
        self._pool.close()

    @Slot()
    def _grew_slow(self) -> None:
        self.slow.emit(self._wanted)

    @Slot(object)
    def _take(self, answer: Answer[Path, FolderListing]) -> None:
        if answer.generation != self._generation:
            return
        self._patience.stop()
        self._wanted = None
        if answer.result is not None:
            self.listed.emit(answer.result)
        elif isinstance(answer.error, FolderError):
            self.failed.emit(answer.key, answer.error.reason)
        else:
            _log.error("listing %s failed", answer.key, exc_info=answer.error)
            self.failed.emit(answer.key, self.tr("It could not be listed because of a fault in the program."))


def _list(folder: Path, _cancellation: Cancellation) -> FolderListing:
    return scan_folder(folder)
