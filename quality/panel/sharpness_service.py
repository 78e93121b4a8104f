"""Works out sharpness maps in the background, the newest wish first; keeps the last few."""

import logging
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from editor.core.errors import PhotoError
from editor.core.jobs import Answer, Cancellation, JobPool
from quality.core.errors import ModelError
from quality.core.inference import TileModel
from quality.core.sharpness_report import SharpnessReport, examine

_KEPT = 24

_log = logging.getLogger(__name__)


class SharpnessService(QObject):
    """Lives in the GUI thread; `arrived` and `failed` come there, never for photos nobody asks for now."""

    arrived = Signal(object)
    failed = Signal(object, str)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Starts the thread; without a model nothing is worked out."""
        super().__init__(parent)
        self._model: TileModel | None = None
        self._wanted: tuple[Path, ...] = ()
        self._known: OrderedDict[Path, SharpnessReport] = OrderedDict()
        self._pool: JobPool[Path, SharpnessReport] = JobPool(
            self._work, self._answered.emit, workers=1, name="sharpness"
        )
        self._answered.connect(self._take)

    @property
    def has_model(self) -> bool:
        """Whether maps can be worked out."""
        return self._model is not None

    def set_model(self, model: TileModel | None) -> None:
        """Takes the network for tiles; None where the model has none. What was known is forgotten."""
        self._model = model
        self.forget()

    def known(self, path: Path) -> SharpnessReport | None:
        """The map of a photo, None where it was not worked out."""
        return self._known.get(path)

    def request(self, paths: tuple[Path, ...]) -> None:
        """Asks for these photos and no others; those known arrive at once."""
        if self._model is None or paths == self._wanted:
            return
        self._wanted = paths
        self._pool.begin()
        self._pool.submit([path for path in paths if path not in self._known])
        for path in paths:
            if path in self._known:
                self.arrived.emit(self._known[path])

    def drop(self) -> None:
        """Nobody asks any more."""
        self._wanted = ()
        self._pool.begin()

    def forget(self) -> None:
        """Forgets every map, for another shoot."""
        self.drop()
        self._known.clear()

    def close(self) -> None:
        """Stops the thread."""
        self._pool.close()

    def _work(self, path: Path, cancellation: Cancellation) -> SharpnessReport:
        assert self._model is not None  # noqa: S101 - nothing is submitted without one
        return examine(self._model, path, cancellation.raise_if_cancelled)

    @Slot(object)
    def _take(self, answer: Answer[Path, SharpnessReport]) -> None:
        if answer.key not in self._wanted:
            return
        if answer.result is not None:
            self._known[answer.key] = answer.result
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            self.arrived.emit(answer.result)
        elif isinstance(answer.error, PhotoError | ModelError):
            self.failed.emit(answer.key, answer.error.reason)
        else:
            _log.error("sharpness of %s failed", answer.key, exc_info=answer.error)
            self.failed.emit(answer.key, self.tr("a fault in the program"))
