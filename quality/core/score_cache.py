"""Remembers logits and measured light in the user's cache folder, so no photo is judged twice.

Regenerable and safe to delete: a damaged file is begun anew, and where nothing can be stored the program
goes on without. Stores logits, never verdicts: thresholds and temperature apply later.
"""

import dataclasses
import json
import logging
import math
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from editor.core.metadata import NO_METADATA, PhotoMetadata
from editor.core.photo import PhotoIdentity
from quality.core.blur_evidence import TileEvidence
from quality.core.capture_json import capture_from_json, capture_to_json
from quality.core.labels import PerDefect
from quality.core.light_measure import LightMeasure
from quality.core.preprocess import PREPROCESS_VERSION

T = TypeVar("T")

_VERSION = 3
_BUSY_SECONDS = 5.0
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH}
_TABLE = """
CREATE TABLE IF NOT EXISTS score (
    identity TEXT NOT NULL,
    model TEXT NOT NULL,
    preprocess INTEGER NOT NULL,
    blur REAL NOT NULL, under REAL NOT NULL, over REAL NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL,
    low REAL, middle REAL, high REAL, clipped REAL, blocked REAL,
    capture TEXT NOT NULL,
    tiles TEXT,
    PRIMARY KEY (identity, model, preprocess)
) WITHOUT ROWID"""
_INSERT = "INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SELECT = (
    "SELECT identity, blur, under, over, width, height, low, middle, high, clipped, blocked, capture, tiles "
    "FROM score WHERE identity IN (SELECT value FROM json_each(?)) AND model = ? AND preprocess = ?"
)

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CachedScore:
    """What the network said about a photo.

    Attributes:
        logits: One per defect, finite.
        width: Width of the whole upright photo in pixels.
        height: Height of the whole upright photo in pixels.
        light: What was measured in the picture; None when it was not.
        metadata: What the camera wrote.
        tiles: What the tiles said about blur; None where the frame alone was asked.
    """

    logits: PerDefect[float]
    width: int
    height: int
    light: LightMeasure | None = None
    metadata: PhotoMetadata = NO_METADATA
    tiles: TileEvidence | None = None


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
        with self._lock:
            self._open()

    @property
    def enabled(self) -> bool:
        """Whether scores are stored at all."""
        return self._connection is not None

    def load(self, identity: PhotoIdentity, model_key: str) -> CachedScore | None:
        """The score of one photo, None where this model, known by its `key`, has not judged it."""
        return self.load_many([identity], model_key).get(identity)

    def load_many(
        self, identities: Iterable[PhotoIdentity], model_key: str
    ) -> dict[PhotoIdentity, CachedScore]:
        """The scores of those photos that this model has judged."""
        by_key = {identity.key: identity for identity in identities}
        arguments = (json.dumps(list(by_key)), model_key, PREPROCESS_VERSION)
        rows = self._try(lambda connection: connection.execute(_SELECT, arguments).fetchall()) or []
        return {by_key[row[0]]: _from_row(row) for row in rows}

    def save(self, identity: PhotoIdentity, model_key: str, score: CachedScore) -> None:
        """Stores a score, in place of an older one of the same photo and model.

        Raises:
            ValueError: A logit is not finite.
        """
        if not all(map(math.isfinite, score.logits)):
            raise ValueError(f"only finite logits can be stored, not {score.logits}")
        row = (identity.key, model_key, PREPROCESS_VERSION, *_to_columns(score))
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
            self._recover(error)

    def _recover(self, error: OSError | sqlite3.Error) -> None:
        """Begins a damaged file anew, once; does without the cache after anything else."""
        self._drop_connection()
        damaged = getattr(error, "sqlite_errorcode", None) in _DAMAGED
        if not damaged or self._began_anew:
            _logger.warning("scores are not cached, %s cannot be used: %s", self._path, error)
            return
        _logger.warning("the cached scores in %s are damaged and begun anew: %s", self._path, error)
        self._began_anew = True
        try:
            for ending in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        except OSError as second:
            _logger.warning("scores are not cached, %s cannot be removed: %s", self._path, second)
            return
        self._open()

    def _drop_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _to_columns(score: CachedScore) -> tuple[object, ...]:
    logits = (float(logit) for logit in score.logits)
    light = (None,) * 5 if score.light is None else dataclasses.astuple(score.light)
    tiles = None if score.tiles is None else json.dumps(dataclasses.astuple(score.tiles))
    return (*logits, score.width, score.height, *light, capture_to_json(score.metadata), tiles)


def _from_row(row: tuple[Any, ...]) -> CachedScore:
    blur, under, over, width, height, *light, capture, tiles = row[1:]
    measured = None if None in light else LightMeasure(*light)
    evidence = None if tiles is None else TileEvidence(*json.loads(tiles))
    logits = PerDefect(blur, under, over)
    return CachedScore(logits, width, height, measured, capture_from_json(capture), evidence)


def _prepare(connection: sqlite3.Connection) -> None:
    """Makes the table; one of another version of the program is replaced."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    with closing(connection.execute("PRAGMA user_version")) as cursor:
        (version,) = cursor.fetchone()
    if version != _VERSION:
        connection.execute("DROP TABLE IF EXISTS score")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute(_TABLE)
    connection.execute(_SELECT, ("[]", "", 0)).close()
