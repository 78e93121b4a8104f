"""Opens the model in the background: photos are shown meanwhile, and without a model too."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from editor.core.jobs import Answer, Cancellation, JobPool
from quality.core.errors import QualityError
from quality.core.inference import QualityModel, model_folder, open_model

_log = logging.getLogger(__name__)


class ModelService(QObject):
    """Lives in the GUI thread; exactly one of the signals answers each `open`."""

    opened = Signal(object)
    failed = Signal(str)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: JobPool[Path, QualityModel] = JobPool(_open, self._answered.emit, workers=1, name="model")
        self._answered.connect(self._take)

    def open(self) -> None:
        """Opens the model of this installation."""
        self._pool.begin()
        self._pool.submit([model_folder()])

    def close(self) -> None:
        """Stops the thread."""
        self._pool.close()

    @Slot(object)
    def _take(self, answer: Answer[Path, QualityModel]) -> None:
        if answer.result is not None:
            self.opened.emit(answer.result)
        elif isinstance(answer.error, QualityError):
            _log.warning("no model: %s", answer.error)
            self.failed.emit(str(answer.error))
        else:
            _log.error("opening the model failed", exc_info=answer.error)
            self.failed.emit(self.tr("it could not be opened because of a fault in the program"))


def _open(folder: Path, _cancellation: Cancellation) -> QualityModel:
    return open_model(folder)
