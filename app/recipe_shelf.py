"""The recipes of one shoot that wait to be saved; called on a worker thread, waits for the disk; no Qt."""

import logging
import threading
from collections.abc import Mapping
from pathlib import Path

from app.shoot_keeper import ShootKeeper
from editor.core.shoot_errors import StoreError
from editor.core.shoot_records import VersionedText

_log = logging.getLogger(__name__)

Texts = Mapping[Path, VersionedText | None]


class RecipeShelf:
    """What is to be saved stays here until it is on the disk. Any thread may call `keep` and `unsaved`."""

    def __init__(self, keeper: ShootKeeper) -> None:
        self.keeper = keeper
        self.problem = ""
        self._lock = threading.Lock()
        self._waiting: dict[Path, VersionedText | None] = {}

    @property
    def unsaved(self) -> int:
        """Photos whose recipes are not on the disk yet."""
        with self._lock:
            return len(self._waiting)

    def waits(self, path: Path) -> bool:
        """Whether a photo's recipe is not on the disk yet."""
        with self._lock:
            return path in self._waiting

    def keep(self, texts: Texts) -> None:
        """Takes recipes to save; None takes one away."""
        with self._lock:
            self._waiting.update(texts)

    def save(self) -> None:
        """Brings what waits onto the disk; what fails waits on, and `problem` says why."""
        with self._lock:
            in_hand = dict(self._waiting)
        if not in_hand:
            return
        self.problem = ""
        saved: set[Path] = set()
        try:
            saved = self.keeper.save_recipes(in_hand)
            if len(saved) < len(in_hand):
                self.problem = self.keeper.problem
        except StoreError as error:
            self.problem = error.reason
        except OSError as error:
            self.problem = f"The edits cannot be saved ({error.strerror})."
        with self._lock:
            for path in saved:
                if self._waiting.get(path) == in_hand[path]:
                    self._waiting.pop(path, None)
        if self.problem:
            _log.warning("edits in %s are not saved yet: %s", self.keeper.folder, self.problem)
