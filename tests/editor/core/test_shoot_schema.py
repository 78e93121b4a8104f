"""The schema: every step leads from one version to the next and keeps what was there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from editor.core import shoot_schema
from editor.core.shoot_location import StoreLocation
from editor.core.shoot_schema import APPLICATION_ID, NEWEST_VERSION, is_foreign, migrate, read_version
from editor.core.shoot_store import ShootStore

PHOTO = "INSERT INTO photo VALUES (1, 'a.jpg', 10, 'd', 20)"
MARK = "INSERT INTO mark VALUES (1, 'pick', 3, 'Red', 'user', '2024-01-01T00:00:00+00:00', 1)"
RECIPE = "INSERT INTO recipe VALUES (1, 2, '{}')"
SETTING = "INSERT INTO setting VALUES ('modes', 1, '[]')"
SIDECAR = "INSERT INTO sidecar VALUES ('a.xmp', 1, 2, 'd', 1, '3', NULL, NULL, NULL, NULL)"
ADDED = {1: (PHOTO, MARK), 2: (RECIPE, SETTING), 3: (SIDECAR,)}
"""What each version can hold that the one before could not."""


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


def content(connection: sqlite3.Connection) -> list[object]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [connection.execute(f"SELECT * FROM {name}").fetchall() for name in sorted(names)]  # noqa: S608


def test_every_version_has_its_test() -> None:
    assert list(ADDED) == list(range(1, NEWEST_VERSION + 1))


@pytest.mark.parametrize("version", ADDED)
def test_a_step_adds_its_tables_and_keeps_the_others(connection: sqlite3.Connection, version: int) -> None:
    migrate(connection, version - 1)
    for older in range(1, version):
        for statement in ADDED[older]:
            connection.execute(statement)
    before = content(connection)
    migrate(connection, version)
    assert read_version(connection) == version
    assert not is_foreign(connection)
    assert [rows for rows in content(connection) if rows] == [rows for rows in before if rows]
    for statement in ADDED[version]:
        connection.execute(statement)


@pytest.mark.parametrize("version", range(NEWEST_VERSION))
def test_a_store_of_an_older_version_is_opened_with_all_it_has(tmp_path: Path, version: int) -> None:
    path = tmp_path / "shoot.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, version)
        for older in range(1, version + 1):
            for statement in ADDED[older]:
                connection.execute(statement)
    store = ShootStore(StoreLocation(path, in_shoot=True, wal=False))
    assert store.set_aside is None
    assert len(store.load_marks()) == (version >= 1)
    assert len(store.load_recipes()) == (version >= 2)
    assert store.load_sidecars() == {}
    store.close()


def test_a_step_that_fails_changes_nothing(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection, 1)
    broken = (shoot_schema.MIGRATIONS[0], ("CREATE TABLE extra (a)", "nonsense"))
    monkeypatch.setattr(shoot_schema, "MIGRATIONS", broken)
    before = content(connection)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, 2)
    assert read_version(connection) == 1
    assert content(connection) == before


def test_the_newest_version_is_left_alone(connection: sqlite3.Connection) -> None:
    migrate(connection)
    migrate(connection)
    assert read_version(connection) == NEWEST_VERSION
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


@pytest.mark.parametrize(
    "statement",
    [
        MARK.replace("pick", "keep"),
        MARK.replace("3,", "6,"),
        MARK.replace("user", "network"),
        MARK.replace("1)", "2)"),
        PHOTO.replace("(1", "(2"),
    ],
)
def test_nonsense_cannot_be_stored(connection: sqlite3.Connection, statement: str) -> None:
    migrate(connection)
    connection.execute(PHOTO)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
