"""Keeps the marks of one shoot in its store: called on a worker thread, waits for the disk; no Qt."""

import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from app.unchanged_photos import find_unchanged
from editor.core.errors import PhotoError
from editor.core.marks import NO_MARKS, Decider, Provenance, RecordedMarks
from editor.core.photo import read_identity
from editor.core.shoot_errors import StoreError
from editor.core.shoot_location import STORE_FILE, STORE_FOLDER, locate_store
from editor.core.shoot_records import FoundPhoto, SeenSidecar, VersionedText, place_key
from editor.core.shoot_store import ShootStore
from editor.core.shoot_takeover import take_over_store

_log = logging.getLogger(__name__)


class ShootKeeper:
    """What is to be saved waits here until it is on the disk; a folder nobody marks in is not written to."""

    def __init__(self, folder: Path, photos: Sequence[Path], user_folder: Path) -> None:
        """Opens nothing yet.

        Args:
            folder: The shoot.
            photos: Its photos.
            user_folder: Where the marks of read-only shoots are kept.
        """
        self.folder = folder
        self.problem = ""
        self._user_folder = user_folder
        self._photos = tuple(photos)
        self._rows: dict[Path, int] = {}
        self._by_size: dict[int, list[Path]] = {}
        self._store: ShootStore | None = None
        self._lock = threading.Lock()
        self._waiting: dict[Path, RecordedMarks] = {}
        self._in_hand: dict[Path, RecordedMarks] = {}

    @property
    def unsaved(self) -> int:
        """Photos whose marks are not on the disk yet. Any thread may ask."""
        with self._lock:
            return len(self._waiting.keys() | self._in_hand.keys())

    @property
    def set_aside(self) -> Path | None:
        """Where a damaged store was put when it was opened; None if it was sound."""
        return None if self._store is None else self._store.set_aside

    @property
    def photos(self) -> tuple[Path, ...]:
        """The photos of the shoot, those of pairs included."""
        return self._photos

    @cached_property
    def _keys(self) -> dict[Path, str]:
        return {path: place_key(self.folder, path) for path in self._photos}

    @property
    def store(self) -> ShootStore | None:
        """The store, once it is open."""
        return self._store

    @property
    def kept_elsewhere(self) -> Path | None:
        """The folder of the store where it does not lie in the shoot, which cannot be written; else None."""
        path = None if self._store is None else self._store.path
        return None if path is None or path.is_relative_to(self.folder) else path.parent

    def row_of(self, path: Path) -> int | None:
        """The store's row of a photo, where it has one."""
        return self._rows.get(path)

    def keep(self, marks: Mapping[Path, RecordedMarks | None]) -> None:
        """Takes marks to save; any thread may call. None stands for marks that were taken back."""
        undecided = RecordedMarks(NO_MARKS, Provenance.now(Decider.USER, badge_seen=False))
        with self._lock:
            self._waiting.update({path: recorded or undecided for path, recorded in marks.items()})

    def load(self) -> dict[Path, RecordedMarks]:
        """The stored marks of the photos, also of those renamed or moved inside the shoot.

        Raises:
            StoreError: The store cannot be read.
            OSError: There is no place for a store.
        """
        if not self._has_store():
            return {}
        store = self.opened()
        self._rows |= self._recognise(store)
        marks = store.load_marks()
        return {path: marks[row] for path, row in self._rows.items() if row in marks}

    def save(self) -> None:
        """Brings what waits onto the disk; what fails waits on, and `problem` says why."""
        with self._lock:
            self._in_hand, self._waiting = self._waiting, {}
        if not self._in_hand:
            return
        saved: set[Path] = set()
        self.problem = ""
        try:
            store = self.opened()
            self.rows_for(store, self._twins(self._in_hand))
            rows = self.rows_for(store, self._in_hand)
            store.save_marks({rows[path]: marks for path, marks in self._in_hand.items() if path in rows})
            saved = set(rows)
        except StoreError as error:
            self.problem = error.reason
        except OSError as error:
            self.problem = f"The marks cannot be saved ({error.strerror})."
        finally:
            self._put_back(saved)
        if self.problem:
            _log.warning("marks of %s are not saved yet: %s", self.folder, self.problem)

    def load_recipes(self) -> dict[Path, VersionedText]:
        """The stored recipes of the photos; after `load`.

        Raises:
            StoreError: The store cannot be read.
            OSError: There is no place for a store.
        """
        if self._store is None:
            return {}
        texts = self._store.load_recipes()
        return {path: texts[row] for path, row in self._rows.items() if row in texts}

    def save_recipes(self, texts: Mapping[Path, VersionedText | None]) -> set[Path]:
        """Saves recipes; None takes one away.

        Returns:
            The photos whose recipes are saved; one that cannot be read is left out.

        Raises:
            StoreError: Nothing could be saved.
            OSError: There is no place for a store.
        """
        store = self.opened()
        self.rows_for(store, self._twins(texts))
        rows = self.rows_for(store, texts)
        store.save_recipes({rows[path]: texts[path] for path in rows})
        return set(rows)

    def _put_back(self, saved: set[Path]) -> None:
        """What is not saved waits on, unless it was changed again meanwhile."""
        with self._lock:
            left = {path: marks for path, marks in self._in_hand.items() if path not in saved}
            self._waiting, self._in_hand = left | self._waiting, {}

    def take_over(
        self, marks: Mapping[Path, RecordedMarks], sidecars: Mapping[str, SeenSidecar | None]
    ) -> None:
        """Saves marks together with the sidecars they were taken from: both or none.

        Raises:
            StoreError: It cannot be saved.
            OSError: There is no place for a store.
        """
        store = self.opened()
        self.rows_for(store, self._twins(marks))
        rows = self.rows_for(store, marks)
        store.save_takeover({rows[path]: given for path, given in marks.items() if path in rows}, sidecars)

    def close(self) -> None:
        """Closes the store; `opened` opens it once more where something came late."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def rows_for(self, store: ShootStore, photos: Mapping[Path, object]) -> dict[Path, int]:
        """The rows of some photos; those met for the first time get one, unreadable ones have none."""
        found, paths = [], {}
        for path in photos:
            if path in self._rows or path not in self._keys:
                continue
            try:
                identity = read_identity(path)
                found.append(FoundPhoto(self._keys[path], identity, path.stat().st_mtime_ns))
            except (PhotoError, OSError) as error:
                self.problem = getattr(error, "reason", None) or f"{path.name} cannot be read."
                continue
            paths[self._keys[path]] = path
        if found:
            rows = store.recognise(found, frozenset(self._keys.values()))
            self._rows |= {path: rows[key] for key, path in paths.items()}
        return {path: self._rows[path] for path in photos if path in self._rows}

    def _twins(self, photos: Iterable[Path]) -> dict[Path, None]:
        """Photos that may be copies of others: they get rows of their own, lest one be taken for the other.

        Without a row, a copy would count as the renamed other one as soon as that is moved away.
        """
        if not self._by_size:
            for path in self._keys:
                with suppress(OSError):
                    self._by_size.setdefault(path.stat().st_size, []).append(path)
        sizes = {size for size, paths in self._by_size.items() if len(paths) > 1}
        found: dict[Path, None] = {}
        for path in photos:
            with suppress(OSError):
                size = path.stat().st_size
                if size in sizes:
                    found |= dict.fromkeys(self._by_size[size])
        return found

    def _has_store(self) -> bool:
        own = self.folder / STORE_FOLDER / STORE_FILE
        return own.exists() or (self._user_folder / "shoots").is_dir()

    def opened(self) -> ShootStore:
        """The store, opened and made if need be; waits for the disk.

        Raises:
            StoreError: It cannot be opened.
            OSError: There is no place for a store.
        """
        if self._store is None:
            location = locate_store(self.folder, self._user_folder)
            self._store = ShootStore(location)
            if location.older is not None:
                take_over_store(self._store, location.older)
            if self._store.set_aside is not None:
                _log.error("the marks were damaged and set aside as %s", self._store.set_aside)
        return self._store

    def _recognise(self, store: ShootStore) -> dict[Path, int]:
        """Rows of stored photos; only files that may be a stored one that changed or moved are read."""
        rows, unsure = find_unchanged(self._keys, store.photos())
        return rows | self.rows_for(store, unsure)
