"""Opens the file of a shoot's store: sound, of this version, and as durable as the disk allows.

A damaged file is set aside under another name, never deleted and never silently replaced.
"""

import contextlib
import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from editor.core.shoot_errors import StoreDamagedError, StoreNewerError, StoreUnwritableError, store_error
from editor.core.shoot_schema import NEWEST_VERSION, is_foreign, migrate, read_version

BESIDE = ("", "-wal", "-shm", "-journal")
"""The endings of the files SQLite keeps beside a database, the database itself first."""

_logger = logging.getLogger(__name__)


def open_file(path: Path, *, wal: bool, busy_s: float) -> tuple[sqlite3.Connection, Path | None]:
    """Opens a store's file, which is made if there is none, and brings it to the newest version.

    Args:
        path: The file; its folder is made if need be.
        wal: Whether a write-ahead log may be used, which only local disks bear.
        busy_s: How long to wait for another program that is writing.

    Returns:
        The connection in autocommit mode, usable from any one thread at a time; and where a damaged
        file was set aside, None if the file was sound.

    Raises:
        StoreError: if it cannot be opened, or is of a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnwritableError(path, f"The folder of the marks cannot be made ({error}).") from error
    try:
        return _open_sound(path, wal, busy_s), None
    except StoreDamagedError as error:
        _logger.warning("%s; it is set aside", error)
    aside = set_aside(path)
    return _open_sound(path, wal, busy_s), aside


def set_aside(path: Path) -> Path:
    """Gives a damaged store another name, together with what SQLite keeps beside it.

    Raises:
        StoreDamagedError: if that cannot be; then nothing is made in its place.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    number, aside = 1, path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
    try:
        for ending in reversed(BESIDE):  # the database last: until then the next opening tries again
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise StoreDamagedError(
            path, f"The file of marks is damaged and cannot be set aside ({error})."
        ) from error
    return aside


def _open_sound(path: Path, wal: bool, busy_s: float) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=busy_s, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise store_error(path, error) from error
    try:
        _require_sound(connection, path)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: through the drive's own cache
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA journal_mode = {'WAL' if wal else 'DELETE'}").fetchone()
        migrate(connection)
    except sqlite3.Error as error:
        connection.close()
        raise store_error(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _require_sound(connection: sqlite3.Connection, path: Path) -> None:
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise StoreDamagedError(path, f"The file of marks is damaged ({verdict}).")
    if is_foreign(connection):
        raise StoreDamagedError(path, "The file is no store of marks.")
    version = read_version(connection)
    if version > NEWEST_VERSION:
        raise StoreNewerError(
            path, f"The marks were saved by a newer Framesift (version {version} of the file); update it."
        )
