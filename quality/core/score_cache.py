"""Remembers logits and measured light in the user's cache folder, so no photo is judged twice.

Regenerable and safe to delete: a damaged file is begun anew, and where nothing can be stored the program
goes on without. Stores logits, never verdicts: thresholds and temperature apply later.
"""

import json
import logging
import math
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from editor.core.photo import PhotoIdentity
from quality.core.preprocess import PREPROCESS_VERSION
from quality.core.score_row import CachedScore, from_rows, to_columns

__all__ = ["CachedScore", "ScoreCache"]

T = TypeVar("T")

_VERSION = 4
_BUSY_SECONDS = 5.0
_UNWRITABLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
_NO_LOG = _UNWRITABLE | {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH}
_TABLE = """
CREATE TABLE IF NOT EXISTS score (
    identity TEXT NOT NULL,
    model TEXT NOT NULL,
    preprocess INTEGER NOT NULL,
    blur REAL NOT NULL, under REAL NOT NULL, over REAL NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL,
    low REAL, middle REAL, high REAL, clipped REAL, blocked REAL, brightest REAL,
    capture TEXT NOT NULL,
    tiles TEXT,
    PRIMARY KEY (identity, model, preprocess)
) WITHOUT ROWID"""
_INSERT = "INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SELECT = (
    "SELECT identity, blur, under, over, width, height, "
    "low, middle, high, clipped, blocked, brightest, capture, tiles "
    "FROM score WHERE identity IN (SELECT value FROM json_each(?)) AND model = ? AND preprocess = ?"
)

_logger = logging.getLogger(__name__)


class ScoreCache:
    """Scores by photo and model, in one SQLite file that threads and processes may share.

    No method ever fails on account of the file: what cannot be read counts as missing, and what cannot
    be written is not stored, which is logged once.
    """

    def __init__(self, path: Path) -> None:
        """Opens the cache; the file and its folder are made if need be."""
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._began_anew = False
        self._writable = True
        self._problem = ""
        with self._lock:
            self._open()

    @property
    def enabled(self) -> bool:
        """Whether scores are stored at all."""
        return self._connection is not None and self._writable

    @property
    def problem(self) -> str:
        """Why scores are not stored, a sentence for the user; empty while they are."""
        return self._problem

    def load(self, identity: PhotoIdentity, model_key: str) -> CachedScore | None:
        """The score of one photo, None where this model, known by its `key`, has not judged it."""
        return self.load_many([identity], model_key).get(identity)

    def load_many(
        self, identities: Iterable[PhotoIdentity], model_key: str
    ) -> dict[PhotoIdentity, CachedScore]:
        """The scores of those photos that this model has judged."""
        by_key = {identity.key: identity for identity in identities}
        rows = self.load_rows(by_key, model_key)
        found = zip(rows, from_rows([row[1:] for row in rows]), strict=True)
        return {by_key[row[0]]: score for row, score in found if score is not None}

    def load_rows(self, keys: Iterable[str], model_key: str) -> list[tuple[Any, ...]]:
        """As they are stored: the key of each photo that this model has judged, and its columns."""
        arguments = (json.dumps(list(keys)), model_key, PREPROCESS_VERSION)
        return self._try(lambda connection: connection.execute(_SELECT, arguments).fetchall()) or []

    def save(self, identity: PhotoIdentity, model_key: str, score: CachedScore) -> None:
        """Stores a score, in place of an older one of the same photo and model.

        Raises:
            ValueError: A logit is not finite.
        """
        if not all(map(math.isfinite, score.logits)):
            raise ValueError(f"only finite logits can be stored, not {score.logits}")
        row = (identity.key, model_key, PREPROCESS_VERSION, *to_columns(score))
        if self._writable:
            self._try(lambda connection: connection.execute(_INSERT, row))

    def clear(self) -> None:
        """Forgets every score and gives the room back; whoever else has the file open goes on with it."""
        self._try(lambda connection: connection.execute("DELETE FROM score"))
        self._try(lambda connection: connection.execute("VACUUM"))
        self._try(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    def close(self) -> None:
        """Closes the file; from then on nothing is found and nothing stored."""
        with self._lock:
            self._drop_connection()

    def _try(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Does something with the file; None where that cannot be."""
        with self._lock:
            if self._connection is None:
                return None
            try:
                return work(self._connection)
            except sqlite3.Error as error:
                if _code(error) in _UNWRITABLE:
                    self._stop_writing(error)
                else:
                    self._recover(error)
                return None

    def _open(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            _prepare(self._connection)
        except (OSError, sqlite3.Error) as error:
            if _code(error) in _NO_LOG and self._open_to_read():
                self._stop_writing(error)
            else:
                self._recover(error)

    def _open_to_read(self) -> bool:
        """Opens a file on a full disk or a read-only medium, where SQLite cannot even make its log."""
        self._drop_connection()
        try:
            self._connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro&immutable=1",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )
            if _version(self._connection) == _VERSION:
                self._connection.execute(_SELECT, ("[]", "", 0)).close()
                return True
        except (sqlite3.Error, ValueError) as error:
            _logger.debug("the cached scores cannot be read either: %s", error)
        self._drop_connection()
        return False

    def _stop_writing(self, error: OSError | sqlite3.Error) -> None:
        """Goes on reading what is there."""
        self._writable = False
        self._tell(error)

    def _tell(self, error: OSError | sqlite3.Error) -> None:
        self._problem = (
            f"New scores cannot be kept in {self._path} ({error}); make room there, "
            "or these photos are judged again next time."
        )
        _logger.warning("scores are not cached, %s cannot be used: %s", self._path, error)

    def _recover(self, error: OSError | sqlite3.Error) -> None:
        """Begins a damaged file anew, once; does without the cache after anything else."""
        self._drop_connection()
        if _code(error) not in _DAMAGED or self._began_anew:
            self._tell(error)
            return
        _logger.warning("the cached scores in %s are damaged and begun anew: %s", self._path, error)
        self._began_anew = True
        try:
            for ending in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        except OSError as second:
            self._tell(second)
            return
        self._open()

    def _drop_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _code(error: OSError | sqlite3.Error) -> int | None:
    """SQLite's plain error code; None where the error is none of SQLite's."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def _version(connection: sqlite3.Connection) -> int:
    with closing(connection.execute("PRAGMA user_version")) as cursor:
        (version,) = cursor.fetchone()
    return int(version)


def _prepare(connection: sqlite3.Connection) -> None:
    """Makes the table; one of another version of the program is replaced."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if _version(connection) != _VERSION:
        connection.execute("DROP TABLE IF EXISTS score")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute(_TABLE)
    connection.execute(_SELECT, ("[]", "", 0)).close()
