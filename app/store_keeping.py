"""What all that is kept in the shoot's store has in common: when to load it and to try saving again."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from app.mark_service import RETRY_MS, MarkService
from app.shoot_keeper import ShootKeeper


class StoreKeeping(QObject):
    """Lives in the GUI thread; the subclass knows what is kept. The disk is waited for elsewhere."""

    def __init__(self, service: MarkService, parent: QObject) -> None:
        """Loads as soon as the marks of a shoot are there.

        Args:
            service: The thread that keeps marks.
            parent: The object that owns it.
        """
        super().__init__(parent)
        self._service = service
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.save_now)
        service.loaded.connect(self._marks_loaded)

    def save_now(self) -> None:
        """Hands over what is not saved yet; the subclass knows how."""
        raise NotImplementedError

    def _load(self, keeper: ShootKeeper) -> None:
        """On the thread that keeps marks; the subclass knows how."""
        raise NotImplementedError

    def _try_again(self) -> None:
        """Saving failed: it is tried again a while later."""
        self._rest.start(RETRY_MS)

    @Slot(object, object)
    def _marks_loaded(self, _folder: Path, _found: object) -> None:
        keeper = self._service.keeper
        if keeper is not None:
            self._service.run(partial(self._load, keeper))
