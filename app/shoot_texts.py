"""Keeps texts with each shoot, such as its lines and clocks; the disk is waited for on another thread."""

import logging
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.mark_service import MarkService
from app.shoot_keeper import ShootKeeper
from app.shoot_session import ShootSession
from app.store_keeping import StoreKeeping
from editor.core.shoot_errors import StoreError
from editor.core.shoot_records import VersionedText

_log = logging.getLogger(__name__)


class ShootTexts(StoreKeeping):
    """Lives in the GUI thread; what could not be saved is tried again, also for a shoot that was left.

    Signals: `loaded` carries the texts of the open shoot by name, once its marks are there.
    """

    loaded = Signal(object)
    _found = Signal(object, object)
    _save_ended = Signal(object, object, bool)

    def __init__(self, session: ShootSession, service: MarkService, parent: QObject) -> None:
        """Connects it.

        Args:
            session: Says when another shoot is open.
            service: The thread that keeps marks.
            parent: The object that owns it.
        """
        super().__init__(service, parent)
        self._unsaved: dict[ShootKeeper, dict[str, VersionedText]] = {}
        self._found.connect(self._take)
        self._save_ended.connect(self._take_end)
        session.folder_opened.connect(self.save_now)

    @property
    def unsaved(self) -> int:
        """Texts, of all shoots, that are not on the disk yet."""
        return sum(map(len, self._unsaved.values()))

    def waits(self, name: str) -> bool:
        """Whether a text of the open shoot is not on the disk yet."""
        keeper = self._service.keeper
        return keeper is not None and name in self._unsaved.get(keeper, {})

    def keep(self, name: str, text: VersionedText, rest_ms: int = 0) -> None:
        """Keeps a text with the open shoot.

        Args:
            name: Under which the store holds it.
            text: What is kept.
            rest_ms: Saved when no text came for so long; 0 saves at once.
        """
        keeper = self._service.keeper
        if keeper is None:
            return
        self._unsaved.setdefault(keeper, {})[name] = text
        if rest_ms:
            self._rest.start(rest_ms)
        else:
            self.save_now()

    @Slot()
    def save_now(self) -> None:
        """Hands over what is not saved yet."""
        self._rest.stop()
        for keeper, texts in self._unsaved.items():
            self._service.run(partial(self._save, keeper, dict(texts)))

    def _save(self, keeper: ShootKeeper, texts: dict[str, VersionedText]) -> None:
        """On the thread that keeps marks."""
        try:
            keeper.opened().save_settings(texts)
            self._save_ended.emit(keeper, texts, True)
        except (StoreError, OSError) as error:
            _log.warning("%s of %s not saved yet: %s", ", ".join(texts), keeper.folder, error)
            self._save_ended.emit(keeper, texts, False)

    def _load(self, keeper: ShootKeeper) -> None:
        """On the thread that keeps marks."""
        try:
            found = {} if keeper.store is None else keeper.store.load_settings()
        except (StoreError, OSError) as error:
            _log.warning("the texts of %s cannot be read: %s", keeper.folder, error)
            found = {}
        self._found.emit(keeper, found)

    @Slot(object, object)
    def _take(self, keeper: ShootKeeper, found: dict[str, VersionedText]) -> None:
        if keeper is self._service.keeper:
            self.loaded.emit(found)

    @Slot(object, object, bool)
    def _take_end(self, keeper: ShootKeeper, texts: dict[str, VersionedText], saved: bool) -> None:
        if not saved:
            self._try_again()
            return
        waiting = self._unsaved.pop(keeper, {})
        left = {name: text for name, text in waiting.items() if texts.get(name) != text}
        if left:
            self._unsaved[keeper] = left
        elif keeper is not self._service.keeper:
            self._service.run(keeper.close)
