"""Saves and loads marks on a thread of its own, again and again until they are on the disk."""

import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.shoot import Shoot
from app.shoot_keeper import ShootKeeper
from app.undo import MarksByPath
from editor.core.shoot_errors import StoreError

_log = logging.getLogger(__name__)

RETRY_MS = 3000


class MarkService(QObject):
    """Lives in the GUI thread, which never waits for the disk except in `flush`.

    Signals: `loaded` carries the folder and the marks by path, `progressed` comes whenever something was
    saved or could not be.
    """

    loaded = Signal(object, object)
    progressed = Signal()
    _load_ended = Signal(object, object)
    _save_ended = Signal()

    def __init__(self, user_folder: Path, parent: QObject) -> None:
        """Starts the thread.

        Args:
            user_folder: Where the marks of read-only shoots are kept.
            parent: The object that owns the service.
        """
        super().__init__(parent)
        self._user_folder = user_folder
        self._keeper: ShootKeeper | None = None
        self._others: list[ShootKeeper] = []
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.save_now)
        self._load_ended.connect(self._take_marks)
        self._save_ended.connect(self._take_end)
        self._thread = threading.Thread(target=self._work, name="marks", daemon=True)
        self._thread.start()

    @property
    def keeper(self) -> ShootKeeper | None:
        """Who keeps the open shoot; only `run` may call what waits for the disk."""
        return self._keeper

    @property
    def unsaved(self) -> int:
        """Photos whose marks are not on the disk yet."""
        return sum(keeper.unsaved for keeper in self._keepers())

    @property
    def problem(self) -> str:
        """Why marks could not be saved, empty while all goes well."""
        return next((keeper.problem for keeper in self._keepers() if keeper.unsaved and keeper.problem), "")

    def open(self, shoot: Shoot) -> None:
        """Loads the marks of another shoot; those of the one before are saved first."""
        if self._keeper is not None:
            self._others.append(self._keeper)
            self._tasks.put(partial(self._save, self._keeper))
        photos = [*shoot.photos, *shoot.companions.values()]
        self._keeper = ShootKeeper(shoot.folder, photos, self._user_folder)
        self._tasks.put(partial(self._load, self._keeper))

    @Slot(list)
    def save(self, marks: MarksByPath) -> None:
        """Saves marks as soon as the disk is free."""
        if self._keeper is not None:
            self._keeper.keep(dict(marks))
            self._tasks.put(partial(self._save, self._keeper))
            self.progressed.emit()

    @Slot()
    def save_now(self) -> None:
        """Tries again to save what could not be saved."""
        for keeper in self._keepers():
            if keeper.unsaved:
                self._tasks.put(partial(self._save, keeper))

    def run(self, task: Callable[[], None]) -> None:
        """Runs something that needs the store on its thread, after what waits to be saved."""
        self._tasks.put(task)

    def flush(self, seconds: float) -> int:
        """Waits until everything was tried once more.

        Returns:
            Photos whose marks could not be saved in that time.
        """
        done = threading.Event()
        self.save_now()
        self._tasks.put(done.set)
        done.wait(seconds)
        return self.unsaved

    def close(self) -> None:
        """Saves what waits and stops the thread."""
        self._retry.stop()
        self.save_now()
        self._tasks.put(None)
        self._thread.join()
        for keeper in self._keepers():
            keeper.close()

    def _keepers(self) -> list[ShootKeeper]:
        return [*self._others, *([self._keeper] if self._keeper is not None else [])]

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except Exception:  # noqa: BLE001 - the thread must live on; what waits is kept
                _log.exception("a task of the thread that keeps marks failed")

    def _load(self, keeper: ShootKeeper) -> None:
        try:
            self._load_ended.emit(keeper, keeper.load())
        except (StoreError, OSError) as error:
            _log.warning("the marks of %s cannot be read: %s", keeper.folder, error)
            self._load_ended.emit(keeper, error)

    def _save(self, keeper: ShootKeeper) -> None:
        keeper.save()
        self._save_ended.emit()

    @Slot(object, object)
    def _take_marks(self, keeper: ShootKeeper, found: object) -> None:
        if keeper is self._keeper:
            self.loaded.emit(keeper.folder, found)

    @Slot()
    def _take_end(self) -> None:
        for keeper in [other for other in self._others if not other.unsaved]:
            self._others.remove(keeper)
            self._tasks.put(keeper.close)
        if self.unsaved and self.problem:
            self._retry.start()
        self.progressed.emit()
