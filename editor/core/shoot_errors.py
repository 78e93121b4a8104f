"""The errors of a shoot's store: each says what happened to the file and what to do.

Whatever was to be saved is still in the caller's memory then, to be tried again.
"""

import sqlite3
from pathlib import Path

from editor.core.errors import FileError

_PRIMARY = 0xFF  # the low byte of SQLite's extended result codes


class StoreError(FileError):
    """What is precious in a shoot cannot be read or saved at the moment; its text has the whole path."""

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class StoreBusyError(StoreError):
    """Another program holds the file; trying again helps."""


class StoreFullError(StoreError):
    """The disk is full; trying again helps once there is room."""


class StoreUnwritableError(StoreError):
    """The file may not be written, or the drive fails or is gone."""


class StoreGoneError(StoreError):
    """The file is no longer where it was opened."""


class StoreDamagedError(StoreError):
    """The file is damaged; it is set aside when it is opened the next time."""


class StoreNewerError(StoreError):
    """The file was written by a newer version of the program and is left as it is."""


_KINDS: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusyError, "Another program is writing the marks; they are saved again soon."),
    sqlite3.SQLITE_LOCKED: (StoreBusyError, "The marks are being written; they are saved again soon."),
    sqlite3.SQLITE_FULL: (StoreFullError, "The disk is full; make room, the marks are kept until then."),
    sqlite3.SQLITE_READONLY: (
        StoreUnwritableError,
        "The marks may not be saved here; make the shoot's folder writable.",
    ),
    sqlite3.SQLITE_PERM: (
        StoreUnwritableError,
        "The marks may not be saved here; make the shoot's folder writable.",
    ),
    sqlite3.SQLITE_CANTOPEN: (StoreUnwritableError, "The marks cannot be opened; check the drive."),
    sqlite3.SQLITE_IOERR: (StoreUnwritableError, "The drive fails or is gone; connect it again."),
    sqlite3.SQLITE_CORRUPT: (StoreDamagedError, "The file of marks is damaged."),
    sqlite3.SQLITE_NOTADB: (StoreDamagedError, "The file of marks is damaged."),
}


def store_error(path: Path, error: sqlite3.Error) -> StoreError:
    """The error for a person that stands for one of SQLite."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    kind, reason = _KINDS.get(code, (StoreError, f"The marks cannot be saved ({error})."))
    return kind(path, reason)
