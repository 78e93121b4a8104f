"""Keeps with each shoot by how much its cameras' clocks were wrong; the disk is waited for elsewhere."""

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.mark_service import MarkService
from app.shoot_keeper import ShootKeeper
from app.shoot_session import ShootSession
from editor.core.clock_offsets import RIGHT_CLOCKS, ClockOffsets, clocks_from_text, clocks_to_text
from editor.core.shoot_errors import StoreError
from editor.core.shoot_records import VersionedText

CLOCKS = "clocks"
"""Under which name a shoot's store holds them."""

RETRY_MS = 3000

_log = logging.getLogger(__name__)


class ClockKeeping(QObject):
    """Lives in the GUI thread; `changed` comes when other offsets hold."""

    changed = Signal()
    _found = Signal(object, object)
    _save_ended = Signal(object, bool)

    def __init__(self, session: ShootSession, service: MarkService, parent: QObject) -> None:
        super().__init__(parent)
        self._service = service
        self.clocks = RIGHT_CLOCKS
        self._unsaved: ClockOffsets | None = None
        self._keeper: ShootKeeper | None = None
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.save_now)
        self._found.connect(self._take)
        self._save_ended.connect(self._take_end)
        session.folder_opened.connect(self._begin)
        service.loaded.connect(self._marks_loaded)

    def set_clocks(self, clocks: ClockOffsets) -> None:
        """Other offsets hold from now on, and are kept."""
        if clocks.seconds != self.clocks.seconds:
            self.clocks = self._unsaved = clocks
            self._keeper = self._service.keeper
            self.save_now()
            self.changed.emit()

    @Slot()
    def save_now(self) -> None:
        """Hands over what is not saved yet."""
        self._retry.stop()
        if self._unsaved is not None and self._keeper is not None:
            self._service.run(partial(self._save, self._keeper, self._unsaved))

    def _save(self, keeper: ShootKeeper, clocks: ClockOffsets) -> None:
        """On the thread that keeps marks."""
        try:
            keeper.opened().save_settings({CLOCKS: clocks_to_text(clocks)})
            self._save_ended.emit(clocks, True)
        except (StoreError, OSError) as error:
            _log.warning("the clocks of %s are not saved yet: %s", keeper.folder, error)
            self._save_ended.emit(clocks, False)

    def _load(self, keeper: ShootKeeper) -> None:
        """On the thread that keeps marks."""
        try:
            found = {} if keeper.store is None else keeper.store.load_settings()
        except (StoreError, OSError) as error:
            _log.warning("the clocks of %s cannot be read: %s", keeper.folder, error)
            found = {}
        self._found.emit(keeper.folder, found.get(CLOCKS))

    @Slot()
    def _begin(self) -> None:
        """Another shoot is open."""
        self.save_now()
        self._unsaved, self._keeper = None, None
        self.clocks = RIGHT_CLOCKS
        self.changed.emit()

    @Slot(object, object)
    def _marks_loaded(self, _folder: Path, _found: object) -> None:
        keeper = self._service.keeper
        if keeper is not None:
            self._service.run(partial(self._load, keeper))

    @Slot(object, object)
    def _take(self, folder: Path, text: VersionedText | None) -> None:
        keeper = self._service.keeper
        if keeper is not None and keeper.folder == folder and self._unsaved is None:
            clocks = clocks_from_text(text)
            if clocks.seconds != self.clocks.seconds:
                self.clocks = clocks
                self.changed.emit()

    @Slot(object, bool)
    def _take_end(self, clocks: ClockOffsets, saved: bool) -> None:
        if clocks is self._unsaved and saved:
            self._unsaved = None
        elif not saved:
            self._retry.start()
