"""Reads and writes the tables of a shoot's store.

It must not open files, begin or end transactions, or turn errors into sentences.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.photo import PhotoIdentity
from editor.core.shoot_recognition import Recognition
from editor.core.shoot_records import FoundPhoto, SeenSidecar, StoredPhoto, VersionedText
from editor.core.xmp_names import SidecarProperties
from editor.core.xmp_sidecar import SidecarStamp


def load_photos(connection: sqlite3.Connection) -> list[StoredPhoto]:
    """All photos, also those that are not there at the moment."""
    rows = connection.execute("SELECT id, path, size, digest, modified_ns FROM photo ORDER BY id")
    return [
        StoredPhoto(row, key, PhotoIdentity(size, digest), modified)
        for row, key, size, digest, modified in rows
    ]


def save_recognition(connection: sqlite3.Connection, recognition: Recognition) -> dict[str, int]:
    """Stores where each photo is now; gives the row of each by its place."""
    known = [(photo.key, *_identity(photo), row) for photo, row in recognition.known]
    free = [(row,) for row in (*recognition.displaced, *(row for _, row in recognition.known))]
    connection.executemany("UPDATE photo SET path = NULL WHERE id = ?", free)
    connection.executemany(
        "UPDATE photo SET path = ?, size = ?, digest = ?, modified_ns = ? WHERE id = ?", known
    )
    rows = {photo.key: row for photo, row in recognition.known}
    for photo in recognition.new:
        cursor = connection.execute(
            "INSERT INTO photo (path, size, digest, modified_ns) VALUES (?, ?, ?, ?)",
            (photo.key, *_identity(photo)),
        )
        rows[photo.key] = int(cursor.lastrowid or 0)
    return rows


def changed_only(recognition: Recognition, stored: Collection[StoredPhoto]) -> Recognition:
    """The same without the photos whose entry is up to date, which need no writing."""
    entries = {(row.row, row.key, row.identity, row.modified_ns) for row in stored}
    known = tuple(
        (photo, row)
        for photo, row in recognition.known
        if (row, photo.key, photo.identity, photo.modified_ns) not in entries
    )
    return Recognition(known, recognition.new, recognition.displaced)


def load_marks(connection: sqlite3.Connection) -> dict[int, RecordedMarks]:
    """The marks of every photo that has been decided about, by its row."""
    rows = connection.execute(
        "SELECT photo, flag, rating, label, decided_by, decided_at, badge_seen FROM mark"
    )
    return {
        photo: RecordedMarks(
            Marks(Flag(flag), rating, label),
            Provenance(Decider(by), datetime.fromisoformat(at), bool(badge_seen)),
        )
        for photo, flag, rating, label, by, at, badge_seen in rows
    }


def save_marks(connection: sqlite3.Connection, marks: Mapping[int, RecordedMarks]) -> None:
    """Stores marks in place of older ones."""
    connection.executemany(
        "INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(row, *_mark_fields(recorded)) for row, recorded in marks.items()],
    )


def load_recipes(connection: sqlite3.Connection) -> dict[int, VersionedText]:
    """The recipe of every photo that has one, by its row."""
    rows = connection.execute("SELECT photo, version, text FROM recipe")
    return {photo: VersionedText(version, text) for photo, version, text in rows}


def save_recipes(connection: sqlite3.Connection, recipes: Mapping[int, VersionedText | None]) -> None:
    """Stores recipes in place of older ones; None takes one away."""
    _delete(connection, "DELETE FROM recipe WHERE photo = ?", recipes)
    connection.executemany("INSERT INTO recipe VALUES (?, ?, ?)", _texts(recipes))


def load_settings(connection: sqlite3.Connection) -> dict[str, VersionedText]:
    """All settings of the shoot by name."""
    rows = connection.execute("SELECT name, version, text FROM setting")
    return {name: VersionedText(version, text) for name, version, text in rows}


def save_settings(connection: sqlite3.Connection, settings: Mapping[str, VersionedText | None]) -> None:
    """Stores settings in place of older ones; None takes one away."""
    _delete(connection, "DELETE FROM setting WHERE name = ?", settings)
    connection.executemany("INSERT INTO setting VALUES (?, ?, ?)", _texts(settings))


def load_sidecars(connection: sqlite3.Connection) -> dict[str, SeenSidecar]:
    """The sidecars as last seen, by their places."""
    rows = connection.execute("SELECT * FROM sidecar")
    return {
        key: SeenSidecar(SidecarProperties(*properties), SidecarStamp(modified, size, digest, bool(settled)))
        for key, modified, size, digest, settled, *properties in rows
    }


def save_sidecars(connection: sqlite3.Connection, sidecars: Mapping[str, SeenSidecar | None]) -> None:
    """Stores sidecars as they were just seen; None for one that is not there any more."""
    _delete(connection, "DELETE FROM sidecar WHERE path = ?", sidecars)
    connection.executemany(
        "INSERT INTO sidecar VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(key, *_sidecar_fields(seen)) for key, seen in sidecars.items() if seen is not None],
    )


def _identity(photo: FoundPhoto) -> tuple[int, str, int]:
    return photo.identity.size, photo.identity.digest, photo.modified_ns


def _mark_fields(recorded: RecordedMarks) -> tuple[object, ...]:
    marks, provenance = recorded.marks, recorded.provenance
    moment = provenance.decided_at.astimezone(UTC).isoformat(timespec="microseconds")
    by = provenance.decided_by.value
    return marks.flag.value, marks.rating, marks.label, by, moment, int(provenance.badge_seen)


def _sidecar_fields(seen: SeenSidecar) -> tuple[object, ...]:
    stamp, said = seen.stamp, seen.properties
    properties = (said.rating, said.pick, said.good, said.pick_label, said.label)
    return stamp.modified_ns, stamp.size, stamp.digest, int(stamp.settled), *properties


def _delete(connection: sqlite3.Connection, statement: str, keys: Iterable[int | str]) -> None:
    connection.executemany(statement, [(key,) for key in keys])


def _texts(
    texts: Mapping[int, VersionedText | None] | Mapping[str, VersionedText | None],
) -> list[tuple[object, ...]]:
    return [(key, text.version, text.text) for key, text in texts.items() if text is not None]
