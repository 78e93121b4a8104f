"""Keeps what is precious in a shoot: marks, recipes and settings, in one SQLite file.

When a method that saves returns, what it saved is on the disk, whatever is killed afterwards. When it
raises, nothing of that call is saved, and the caller keeps it and tries again.

Threads: any thread may call any method; calls wait for one another. Saving waits for the disk, up to
some tenths of a second, so a thread that paints must leave it to another.
"""

import logging
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from editor.core import shoot_tables
from editor.core.marks import RecordedMarks
from editor.core.shoot_errors import StoreBusyError, StoreError, StoreFullError, StoreGoneError, store_error
from editor.core.shoot_location import StoreLocation
from editor.core.shoot_recognition import recognise
from editor.core.shoot_records import FoundPhoto, SeenSidecar, StoredPhoto, VersionedText
from editor.core.shoot_store_file import BESIDE, open_file

_BUSY_S = 2.0

_logger = logging.getLogger(__name__)


class ShootStore:
    """The store of one shoot, open until it is closed."""

    def __init__(self, location: StoreLocation, *, busy_s: float = _BUSY_S) -> None:
        """Opens the store; the file is made if there is none.

        Args:
            location: Where it lies (see locate_store).
            busy_s: How long a call waits for another program that is writing.

        Raises:
            StoreError: if it cannot be opened, or is of a newer version.
        """
        self._location, self._busy_s = location, busy_s
        self._lock = threading.RLock()
        self._closed = False
        self._set_aside: Path | None = None
        self._connection: sqlite3.Connection | None = None
        self._place: tuple[int, int] | None = None
        self._open()

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._location.path

    @property
    def set_aside(self) -> Path | None:
        """Where a damaged file was put when the store was opened: to be said; None if it was sound."""
        return self._set_aside

    def photos(self) -> dict[str, StoredPhoto]:
        """The photos by the places where they were last found."""
        with self._reading() as connection:
            return {photo.key: photo for photo in shoot_tables.load_photos(connection) if photo.key}

    def recognise(self, found: Iterable[FoundPhoto], listed: Collection[str] = frozenset()) -> dict[str, int]:
        """Finds the rows of photos, also after a rename or a move inside the shoot; new ones get rows.

        Args:
            found: Photos of the shoot.
            listed: The places of all photos there are now, where found is only some of them.

        Returns:
            The row of each by its place.
        """
        found = list(found)
        with self._writing() as connection:
            stored = shoot_tables.load_photos(connection)
            recognition = recognise(found, stored, listed)
            rows = {photo.key: row for photo, row in recognition.known}
            return rows | shoot_tables.save_recognition(
                connection, shoot_tables.changed_only(recognition, stored)
            )

    def load_marks(self) -> dict[int, RecordedMarks]:
        """The marks of every photo that was decided about, by its row."""
        with self._reading() as connection:
            return shoot_tables.load_marks(connection)

    def save_marks(self, marks: Mapping[int, RecordedMarks]) -> None:
        """Saves the marks of photos by their rows: all of them or, if it raises, none."""
        with self._writing() as connection:
            shoot_tables.save_marks(connection, marks)

    def load_recipes(self) -> dict[int, VersionedText]:
        """The recipe of every photo that has one, by its row."""
        with self._reading() as connection:
            return shoot_tables.load_recipes(connection)

    def save_recipes(self, recipes: Mapping[int, VersionedText | None]) -> None:
        """Saves recipes of photos by their rows; None takes one away."""
        with self._writing() as connection:
            shoot_tables.save_recipes(connection, recipes)

    def load_settings(self) -> dict[str, VersionedText]:
        """What the shoot has settings for (thresholds, modes), by name."""
        with self._reading() as connection:
            return shoot_tables.load_settings(connection)

    def save_settings(self, settings: Mapping[str, VersionedText | None]) -> None:
        """Saves settings of the shoot; None takes one away."""
        with self._writing() as connection:
            shoot_tables.save_settings(connection, settings)

    def load_sidecars(self) -> dict[str, SeenSidecar]:
        """The sidecars as last seen, by their places."""
        with self._reading() as connection:
            return shoot_tables.load_sidecars(connection)

    def save_sidecars(self, sidecars: Mapping[str, SeenSidecar | None]) -> None:
        """Saves how sidecars were just seen; None for one that is gone."""
        with self._writing() as connection:
            shoot_tables.save_sidecars(connection, sidecars)

    def save_takeover(
        self, marks: Mapping[int, RecordedMarks], sidecars: Mapping[str, SeenSidecar | None]
    ) -> None:
        """Saves marks together with the sidecars they were taken from: both or none."""
        with self._writing() as connection:
            shoot_tables.save_marks(connection, marks)
            shoot_tables.save_sidecars(connection, sidecars)

    def close(self) -> None:
        """Closes the file; a second call does nothing."""
        with self._lock:
            self._closed = True
            self._drop()

    def _open(self) -> sqlite3.Connection:
        location = self._location
        connection, aside = open_file(location.path, wal=location.wal, busy_s=self._busy_s)
        self._connection, self._set_aside = connection, aside or self._set_aside
        self._place = self._present_place()
        return connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._opened()
            try:
                yield connection
            except sqlite3.Error as error:
                raise self._failed(error) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is on the disk when it ends."""
        with self._lock:
            connection = self._opened()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._failed(error) from error
            except BaseException:
                self._roll_back()
                raise
            if self._present_place() != self._place:
                self._rescue(connection)

    def _opened(self) -> sqlite3.Connection:
        if self._closed:
            raise StoreError(self.path, "The shoot is closed.")
        if self._connection is not None:
            return self._connection
        if self._present_place() is None:
            raise StoreGoneError(self.path, "The marks are not there; connect the drive again.")
        return self._open()

    def _failed(self, error: sqlite3.Error) -> StoreError:
        failure = store_error(self.path, error)
        self._roll_back()
        if not isinstance(failure, StoreBusyError | StoreFullError):
            self._drop()
        return failure

    def _roll_back(self) -> None:
        if self._connection is not None and self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _rescue(self, connection: sqlite3.Connection) -> None:
        """Writes the file again if somebody deleted it; the open connection still holds everything.

        Raises:
            StoreGoneError: if the shoot itself is gone or another file is in its place.
        """
        if self._present_place() is not None or not self.path.parent.parent.is_dir():
            self._drop()
            raise StoreGoneError(
                self.path, "The shoot was moved or its marks replaced while it was open; open it again."
            )
        _logger.error("%s was deleted while it was open and is written again", self.path)
        try:
            self.path.parent.mkdir(exist_ok=True)
            for ending in BESIDE:
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            with closing(sqlite3.connect(self.path)) as copy:
                connection.backup(copy)
            self._drop()
            self._open()
        except (OSError, sqlite3.Error) as error:
            raise StoreGoneError(self.path, f"The marks were deleted ({error}).") from error

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def _present_place(self) -> tuple[int, int] | None:
        """Which file lies at the path; None if there is none.

        Only local disks number their files reliably, so elsewhere all files are one.
        """
        try:
            status = self.path.stat()
        except OSError:
            return None
        return (status.st_dev, status.st_ino) if self._location.wal else (0, 0)
