"""Lists a folder in the background, so that a slow drive never stops the window."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from editor.core.errors import FolderError
from editor.core.folder import FolderListing, scan_folder
from editor.core.jobs import Answer, Cancellation, JobPool

_log = logging.getLogger(__name__)


class FolderService(QObject):
    """Lives in the GUI thread; answers only for the folder asked for last."""

    listed = Signal(object)
    failed = Signal(object, str)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = -1
        self._pool: JobPool[Path, FolderListing] = JobPool(
            _list, self._answered.emit, workers=1, name="folder"
        )
        self._answered.connect(self._take)

    def list(self, folder: Path) -> None:
        """Asks for the photos of a folder."""
        self._generation = self._pool.begin()
        self._pool.submit([folder])

    def close(self) -> None:
        """Stops the thread."""
        self._pool.close()

    @Slot(object)
    def _take(self, answer: Answer[Path, FolderListing]) -> None:
        if answer.generation != self._generation:
            return
        if answer.result is not None:
            self.listed.emit(answer.result)
        elif isinstance(answer.error, FolderError):
            self.failed.emit(answer.key, answer.error.reason)
        else:
            _log.error("listing %s failed", answer.key, exc_info=answer.error)
            self.failed.emit(answer.key, self.tr("It could not be listed because of a fault in the program."))


def _list(folder: Path, _cancellation: Cancellation) -> FolderListing:
    return scan_folder(folder)
