"""The tables of a shoot's store and the steps from each older version to the next.

A step is never changed once it was released: a new version is a new step with a test.
"""

import sqlite3

APPLICATION_ID = 0x46534654
"""Marks the file as a store of this program (SQLite's ``application_id``: "FSFT")."""

_PHOTOS_AND_MARKS = (
    # The path is relative to the shoot, with slashes; NULL while the photo is not there.
    """CREATE TABLE photo (
        id INTEGER PRIMARY KEY,
        path TEXT UNIQUE,
        size INTEGER NOT NULL,
        digest TEXT NOT NULL,
        modified_ns INTEGER NOT NULL
    )""",
    "CREATE INDEX photo_by_identity ON photo (digest, size)",
    """CREATE TABLE mark (
        photo INTEGER PRIMARY KEY REFERENCES photo,
        flag TEXT NOT NULL CHECK (flag IN ('pick', 'reject', 'unflagged')),
        rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
        label TEXT,
        decided_by TEXT NOT NULL CHECK (decided_by IN ('user', 'sidecar')),
        decided_at TEXT NOT NULL,
        badge_seen INTEGER NOT NULL CHECK (badge_seen IN (0, 1))
    )""",
)
_RECIPES_AND_SETTINGS = (
    """CREATE TABLE recipe (
        photo INTEGER PRIMARY KEY REFERENCES photo,
        version INTEGER NOT NULL,
        text TEXT NOT NULL
    )""",
    """CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        text TEXT NOT NULL
    ) WITHOUT ROWID""",
)
_SIDECARS = (
    """CREATE TABLE sidecar (
        path TEXT PRIMARY KEY,
        modified_ns INTEGER NOT NULL,
        size INTEGER NOT NULL,
        digest TEXT NOT NULL,
        settled INTEGER NOT NULL,
        rating TEXT, pick TEXT, good TEXT, pick_label TEXT, label TEXT
    ) WITHOUT ROWID""",
)

MIGRATIONS = (_PHOTOS_AND_MARKS, _RECIPES_AND_SETTINGS, _SIDECARS)
"""Step n leads from version n to version n + 1; an empty file has version 0."""

NEWEST_VERSION = len(MIGRATIONS)
"""The version this program writes."""


def read_version(connection: sqlite3.Connection) -> int:
    """The version of the tables of a store."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_foreign(connection: sqlite3.Connection) -> bool:
    """Whether a database has tables that are not of this program."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return bool(tables) and application != APPLICATION_ID


def migrate(connection: sqlite3.Connection, target: int = NEWEST_VERSION) -> None:
    """Brings a store to a newer version in one transaction: wholly or not at all.

    Args:
        connection: In autocommit mode.
        target: The version to reach.
    """
    if read_version(connection) >= target:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in MIGRATIONS[read_version(connection) : target]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {target}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
