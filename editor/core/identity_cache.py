"""Remembers the identities of photos by place, size and time, so that a known folder need not be read again.

A cache: what is missing or damaged is read from the photos, and nothing fails on its account. A photo
that was changed has another size or time of modification, and counts as unknown.
"""

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from editor.core.photo import PhotoIdentity

_TABLE = """CREATE TABLE IF NOT EXISTS seen (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID"""
_SELECT = """SELECT path, size, modified_ns, digest FROM seen
    WHERE path IN (SELECT value FROM json_each(?))"""
_INSERT = "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)"
_CLEARING = ("DELETE FROM seen", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
_BUSY_S = 2.0
_AT_ONCE = 256
_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}

_logger = logging.getLogger(__name__)


class IdentityCache:
    """Identities in one SQLite file; any thread may call any method."""

    def __init__(self, path: Path) -> None:
        """Opens the cache; the file and its folder are made if need be."""
        self._lock = threading.Lock()
        self._waiting: dict[str, tuple[str, int, int, str]] = {}
        self._connection: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._open(path)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)
            self._begin_anew(path, error)

    def load(self, photos: Iterable[Path]) -> dict[Path, PhotoIdentity]:
        """The identities of those photos that have not changed since they were noted; reads no photo."""
        keys = {_key(photo): photo for photo in photos}
        with self._lock:
            if self._connection is None:
                return {}
            try:
                rows = self._connection.execute(_SELECT, (json.dumps(list(keys)),)).fetchall()
            except sqlite3.Error as error:
                self._give_up(error)
                return {}
        found = {}
        for key, size, modified_ns, digest in rows:
            photo = keys[key]
            try:
                status = photo.stat()
            except OSError:
                continue
            if (status.st_size, status.st_mtime_ns) == (size, modified_ns):
                found[photo] = PhotoIdentity(size, digest)
        return found

    def note(self, photo: Path, identity: PhotoIdentity, before: os.stat_result) -> None:
        """Keeps the identity of a photo; it reaches the disk with the next ones, or when this is closed.

        Args:
            photo: The photo.
            identity: As it was read.
            before: Its state before it was read, so that a change meanwhile shows.
        """
        with self._lock:
            key = _key(photo)
            self._waiting[key] = (key, before.st_size, before.st_mtime_ns, identity.digest)
            if len(self._waiting) >= _AT_ONCE:
                self._flush()

    def clear(self) -> None:
        """Forgets every identity and gives the room back; whoever else has the file open goes on with it."""
        with self._lock:
            self._waiting = {}
            if self._connection is None:
                return
            try:
                for statement in _CLEARING:
                    self._connection.execute(statement).close()
            except sqlite3.Error as error:
                self._give_up(error)

    def close(self) -> None:
        """Writes what waits and closes the file."""
        with self._lock:
            self._flush()
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
        )
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(_TABLE)

    def _begin_anew(self, path: Path, error: OSError | sqlite3.Error) -> None:
        """Replaces a damaged file; one that cannot be used for another reason is left as it is."""
        if getattr(error, "sqlite_errorcode", None) not in _DAMAGED:
            return
        try:
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            self._open(path)
        except (OSError, sqlite3.Error) as second:
            self._give_up(second)

    def _flush(self) -> None:
        waiting: Mapping[str, tuple[str, int, int, str]] = self._waiting
        self._waiting = {}
        if self._connection is None or not waiting:
            return
        try:
            self._connection.execute("BEGIN")
            self._connection.executemany(_INSERT, list(waiting.values()))
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: OSError | sqlite3.Error) -> None:
        """Does without from now on; the photos are read instead."""
        _logger.warning("identities of photos are not remembered: %s", error)
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _key(photo: Path) -> str:
    return os.fsencode(photo).decode("utf-8", "backslashreplace")
