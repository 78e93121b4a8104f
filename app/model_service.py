"""Opens the model in the background: photos are shown meanwhile, and without a model too."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from editor.core.jobs import Answer, Cancellation, JobPool
from quality.core.errors import QualityError
from quality.core.inference import Device, QualityModel, model_folder, open_model

_log = logging.getLogger(__name__)


class ModelService(QObject):
    """Lives in the GUI thread; exactly one of the signals answers each `open`."""

    opened = Signal(object)
    failed = Signal(str)
    _answered = Signal(object)

    def __init__(self, device: str = "auto", parent: QObject | None = None) -> None:
        """Starts the thread.

        Args:
            device: ``cpu``, ``cuda``, or anything else for whatever works best.
            parent: The object that owns the service.
        """
        super().__init__(parent)
        self._device: Device = "cpu" if device == "cpu" else "cuda" if device == "cuda" else "auto"
        self._closed = False
        self._pool: JobPool[Path, QualityModel] = JobPool(
            self._open, self._answered.emit, workers=1, name="model"
        )
        self._answered.connect(self._take)

    def open(self) -> None:
        """Opens the model of this installation."""
        self._pool.begin()
        self._pool.submit([model_folder()])

    def close(self) -> None:
        """Stops the thread; of a model that is open by then nobody hears any more."""
        self._closed = True
        self._pool.close()

    def _open(self, folder: Path, _cancellation: Cancellation) -> QualityModel:
        return open_model(folder, self._device)

    @Slot(object)
    def _take(self, answer: Answer[Path, QualityModel]) -> None:
        if self._closed:
            return
        if answer.result is not None:
            self.opened.emit(answer.result)
        elif isinstance(answer.error, QualityError):
            _log.warning("no model: %s", answer.error)
            self.failed.emit(str(answer.error))
        else:
            _log.error("opening the model failed", exc_info=answer.error)
            self.failed.emit(self.tr("it could not be opened because of a fault in the program"))
