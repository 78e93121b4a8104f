"""The store: what it confirms is there, what it cannot save it says, and a damaged file is never lost."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from editor.core.marks import NO_MARKS, Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.photo import PhotoIdentity
from editor.core.shoot_errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreGoneError,
    StoreNewerError,
    StoreUnwritableError,
    store_error,
)
from editor.core.shoot_location import StoreLocation
from editor.core.shoot_records import FoundPhoto, SeenSidecar, VersionedText, place_key
from editor.core.shoot_store import ShootStore
from editor.core.xmp_names import SidecarProperties
from editor.core.xmp_sidecar import SidecarStamp

MOMENT = datetime(2024, 5, 6, 7, 8, 9, 123456, timezone(timedelta(hours=2)))
PICKED = RecordedMarks(Marks(Flag.PICK, 4, "Żółty"), Provenance(Decider.USER, MOMENT, badge_seen=True))
CLEARED = RecordedMarks(NO_MARKS, Provenance(Decider.SIDECAR, MOMENT, badge_seen=False))
SEEN = SeenSidecar(
    SidecarProperties("3", None, "true", "1", "Red"), SidecarStamp(1, 2, "a" * 32, settled=True)
)


def photo(key: str, content: int = 0) -> FoundPhoto:
    content = content or sum(key.encode())
    return FoundPhoto(key, PhotoIdentity(content, f"{content:032x}"), 7)


@pytest.fixture(params=[True, False], ids=["wal", "rollback"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> StoreLocation:
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    return StoreLocation(shoot / ".framesift" / "shoot.sqlite", in_shoot=True, wal=request.param)


@pytest.fixture
def store(location: StoreLocation) -> Iterator[ShootStore]:
    store = ShootStore(location, busy_s=0.01)
    yield store
    store.close()


def reopened(store: ShootStore, location: StoreLocation) -> ShootStore:
    store.close()
    return ShootStore(location, busy_s=0.01)


def test_everything_is_there_again(store: ShootStore, location: StoreLocation) -> None:
    rows = store.recognise([photo("a.jpg"), photo("sub/b.jpg")])
    a, b = rows["a.jpg"], rows["sub/b.jpg"]
    recipe, thresholds = VersionedText(3, '{"exposure": 1.5}'), VersionedText(1, "[0.5]")
    store.save_marks({a: CLEARED})
    store.save_marks({a: PICKED, b: CLEARED})
    store.save_recipes({a: recipe, b: VersionedText(1, "{}")})
    store.save_recipes({b: None})
    store.save_settings({"thresholds": thresholds, "modes": VersionedText(1, '"night"')})
    store.save_settings({"modes": None})
    store.save_sidecars({"a.xmp": SEEN, "b.xmp": SEEN})
    store.save_sidecars({"b.xmp": None})
    again = reopened(store, location)
    try:
        assert again.set_aside is None
        assert again.load_marks() == {a: PICKED, b: CLEARED}
        assert again.load_marks()[a].provenance.decided_at == MOMENT
        assert again.load_recipes() == {a: recipe}
        assert again.load_settings() == {"thresholds": thresholds}
        assert again.load_sidecars() == {"a.xmp": SEEN}
        assert {key: known.row for key, known in again.photos().items()} == rows
    finally:
        again.close()


def test_it_is_as_durable_as_asked(store: ShootStore, location: StoreLocation) -> None:
    connection = store._connection
    assert connection is not None
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    mode = "wal" if location.wal else "delete"
    assert connection.execute("PRAGMA journal_mode").fetchone() == (mode,)
    assert location.path.with_name("shoot.sqlite-wal").exists() == location.wal


def test_the_journal_follows_the_disk(location: StoreLocation) -> None:
    ShootStore(location).close()
    other = StoreLocation(location.path, in_shoot=True, wal=not location.wal)
    store = ShootStore(other)
    assert store._connection is not None
    mode = "wal" if other.wal else "delete"
    assert store._connection.execute("PRAGMA journal_mode").fetchone() == (mode,)
    store.close()


def test_photos_are_recognised_after_a_move(store: ShootStore) -> None:
    rows = store.recognise([photo("a.jpg", 1), photo("b.jpg", 2), photo("c.jpg", 2)])
    store.save_marks(dict.fromkeys(rows.values(), PICKED))
    moved = store.recognise([photo("b.jpg", 1), photo("a.jpg", 2), photo("sub/c.jpg", 2)])
    assert moved == {"b.jpg": rows["a.jpg"], "a.jpg": rows["b.jpg"], "sub/c.jpg": rows["c.jpg"]}
    assert {key: known.row for key, known in store.photos().items()} == moved
    gone = store.recognise([photo("a.jpg", 1)])
    assert gone == {"a.jpg": rows["a.jpg"]}
    assert set(store.photos()) == {"a.jpg", "sub/c.jpg"}
    back = store.recognise([photo("a.jpg", 1), photo("b.jpg", 2), photo("sub/c.jpg", 2)])
    assert back == {"a.jpg": rows["a.jpg"], "b.jpg": rows["b.jpg"], "sub/c.jpg": rows["c.jpg"]}


def test_marks_and_their_sidecars_are_saved_together(store: ShootStore) -> None:
    (row,) = store.recognise([photo("a.jpg")]).values()
    store.save_takeover({row: CLEARED}, {"a.xmp": SEEN})
    with pytest.raises(StoreError):
        store.save_takeover({row: PICKED, 99: PICKED}, {"a.xmp": None})
    assert store.load_marks() == {row: CLEARED}
    assert store.load_sidecars() == {"a.xmp": SEEN}


def test_a_failed_call_saves_nothing_and_the_next_one_does(store: ShootStore) -> None:
    (row,) = store.recognise([photo("a.jpg")]).values()
    with pytest.raises(StoreError):
        store.save_marks({row: PICKED, row + 1: PICKED})
    assert store.load_marks() == {}
    with pytest.raises(AttributeError):
        store.save_marks({row: PICKED, row + 1: None})  # type: ignore[dict-item]
    store.save_marks({row: PICKED})
    assert store.load_marks() == {row: PICKED}


def test_a_locked_store_says_so_and_can_be_tried_again(store: ShootStore, location: StoreLocation) -> None:
    (row,) = store.recognise([photo("a.jpg")]).values()
    other = sqlite3.connect(location.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError, match="Another program"):
        store.save_marks({row: PICKED})
    other.execute("ROLLBACK")
    other.close()
    store.save_marks({row: PICKED})
    assert store.load_marks() == {row: PICKED}


def test_a_full_disk_says_so_and_can_be_tried_again(store: ShootStore) -> None:
    (row,) = store.recognise([photo("a.jpg")]).values()
    connection = store._connection
    assert connection is not None
    connection.execute("PRAGMA max_page_count = 1")
    recipe = VersionedText(1, '"' + "x" * 100_000 + '"')
    with pytest.raises(StoreFullError, match="disk is full"):
        store.save_recipes({row: recipe})
    connection.execute("PRAGMA max_page_count = 100000")
    assert store.load_recipes() == {}
    store.save_recipes({row: recipe})
    assert store.load_recipes() == {row: recipe}


def test_a_drive_that_comes_back_can_be_tried_again(store: ShootStore, location: StoreLocation) -> None:
    rows = store.recognise([photo("a.jpg")])
    shoot = location.path.parent.parent
    away = shoot.with_name("away")
    shoot.rename(away)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"moved|there|drive|cannot|saved"):
            store.save_marks({rows["a.jpg"]: PICKED})
    assert not shoot.exists()
    away.rename(shoot)
    store.save_marks({rows["a.jpg"]: PICKED})
    again = reopened(store, location)
    assert again.load_marks() == {rows["a.jpg"]: PICKED}
    again.close()


def test_a_store_deleted_while_it_is_open_is_written_again(tmp_path: Path) -> None:
    location = StoreLocation(tmp_path / "shoot" / ".framesift" / "shoot.sqlite", in_shoot=True, wal=True)
    store = ShootStore(location)
    rows = store.recognise([photo("a.jpg"), photo("b.jpg")])
    store.save_marks({rows["a.jpg"]: PICKED})
    shutil.rmtree(location.path.parent)
    store.save_marks({rows["b.jpg"]: CLEARED})
    location.path.unlink()  # what SQLite keeps beside it stays
    store.save_settings({"x": VersionedText(1, "1")})
    again = reopened(store, location)
    assert again.load_marks() == {rows["a.jpg"]: PICKED, rows["b.jpg"]: CLEARED}
    assert set(again.load_settings()) == {"x"}
    again.close()


def test_a_store_that_cannot_be_written_again_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = StoreLocation(tmp_path / "shoot" / ".framesift" / "shoot.sqlite", in_shoot=True, wal=True)
    store = ShootStore(location)
    shutil.rmtree(location.path.parent)
    monkeypatch.setattr(Path, "mkdir", lambda *_a, **_o: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(StoreGoneError, match="deleted"):
        store.save_settings({"x": VersionedText(1, "1")})
    monkeypatch.undo()
    store.save_settings({"x": VersionedText(1, "1")})
    assert set(store.load_settings()) == {"x"}
    store.close()


def test_another_file_in_its_place_is_said(tmp_path: Path) -> None:
    location = StoreLocation(tmp_path / ".framesift" / "shoot.sqlite", in_shoot=True, wal=True)
    store = ShootStore(location)
    other = StoreLocation(tmp_path / "other.sqlite", in_shoot=True, wal=False)
    ShootStore(other).close()
    other.path.replace(location.path)
    with pytest.raises(StoreGoneError, match="replaced"):
        store.save_settings({"x": VersionedText(1, "1")})
    store.close()


@pytest.mark.parametrize("damage", ["garbage", "cut", "foreign", "page"])
def test_a_damaged_store_is_set_aside_and_said(
    store: ShootStore, location: StoreLocation, damage: str
) -> None:
    rows = store.recognise([photo(f"{number}.jpg", number + 1) for number in range(500)])
    store.save_marks(dict.fromkeys(rows.values(), PICKED))
    store.close()
    content = bytearray(location.path.read_bytes())
    if damage == "foreign":
        location.path.unlink()
        foreign = sqlite3.connect(location.path)
        foreign.execute("CREATE TABLE a (b)")
        foreign.close()
        content = bytearray(location.path.read_bytes())
    elif damage == "garbage":
        content[:200] = b"x" * 200
    elif damage == "cut":
        del content[len(content) // 2 :]
    else:
        content[8192 : 8192 + 2000] = b"\xaa" * 2000
    location.path.write_bytes(content)
    again = ShootStore(location)
    assert again.set_aside is not None
    assert again.set_aside.read_bytes() == content
    assert again.set_aside.name.startswith("shoot.damaged-")
    assert again.load_marks() == {}
    again.close()
    location.path.write_bytes(b"garbage" * 1000)
    third = ShootStore(location)
    assert third.set_aside not in {None, again.set_aside}
    third.close()


def test_a_store_that_cannot_be_set_aside_stays(
    location: StoreLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    location.path.parent.mkdir()
    location.path.write_bytes(b"garbage" * 1000)

    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreDamagedError, match="cannot be set aside"):
        ShootStore(location)
    assert location.path.read_bytes() == b"garbage" * 1000


def test_a_store_damaged_while_it_is_open_is_said_and_set_aside(tmp_path: Path) -> None:
    location = StoreLocation(tmp_path / ".framesift" / "shoot.sqlite", in_shoot=True, wal=False)
    store = ShootStore(location)
    (row,) = store.recognise([photo("a.jpg")]).values()
    with location.path.open("r+b") as file:
        file.write(b"garbage" * 10_000)
    with pytest.raises(StoreDamagedError):
        store.load_marks()
    assert store.load_marks() == {}
    assert store.set_aside is not None
    assert row
    store.close()


def test_a_newer_store_is_left_as_it_is(store: ShootStore, location: StoreLocation) -> None:
    store.close()
    connection = sqlite3.connect(location.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    content = location.path.read_bytes()
    with pytest.raises(StoreNewerError, match="newer Framesift"):
        ShootStore(location)
    assert location.path.read_bytes() == content


def test_a_store_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnwritableError):
        ShootStore(StoreLocation(tmp_path / "file" / "sub" / "a.sqlite", in_shoot=True, wal=True))
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreUnwritableError):
        ShootStore(StoreLocation(tmp_path / "folder", in_shoot=True, wal=True))


def test_a_closed_store_says_so(store: ShootStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.load_marks()


def test_threads_may_save_at_once(store: ShootStore) -> None:
    rows = list(store.recognise([photo(f"{number}.jpg", number + 1) for number in range(8)]).values())
    threads = [threading.Thread(target=lambda row=row: store.save_marks({row: PICKED})) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.load_marks() == dict.fromkeys(rows, PICKED)


def test_two_programs_share_a_store(store: ShootStore, location: StoreLocation) -> None:
    other = ShootStore(location, busy_s=5)
    (row,) = store.recognise([photo("a.jpg")]).values()
    assert list(other.recognise([photo("a.jpg")]).values()) == [row]
    other.save_marks({row: PICKED})
    assert store.load_marks() == {row: PICKED}
    other.close()


def test_the_time_is_stored_in_utc(store: ShootStore, location: StoreLocation) -> None:
    (row,) = store.recognise([photo("a.jpg")]).values()
    store.save_marks({row: PICKED})
    connection = sqlite3.connect(location.path)
    assert connection.execute("SELECT decided_at FROM mark").fetchone() == (
        "2024-05-06T05:08:09.123456+00:00",
    )
    connection.close()
    assert store.load_marks()[row].provenance.decided_at.tzinfo == UTC


def test_only_json_is_kept() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        VersionedText(1, "{")


def test_any_name_has_a_place(tmp_path: Path) -> None:
    odd = tmp_path / "sub" / os.fsdecode(b"\xff.jpg")
    assert place_key(tmp_path, odd) == "sub/\\xff.jpg"
    assert place_key(tmp_path, tmp_path / "Ż.jpg") == "Ż.jpg"
    with pytest.raises(ValueError, match="not in the subpath"):
        place_key(tmp_path / "sub", tmp_path / "a.jpg")


def test_every_error_of_sqlite_has_a_sentence(tmp_path: Path) -> None:
    assert isinstance(store_error(tmp_path, sqlite3.ProgrammingError("closed")), StoreError)
    error = sqlite3.OperationalError("short write")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    assert isinstance(store_error(tmp_path, error), StoreUnwritableError)
    assert str(tmp_path) in str(store_error(tmp_path, error))


def test_a_connection_that_cannot_be_made_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr("editor.core.shoot_store_file.sqlite3.connect", refuse)
    with pytest.raises(StoreError):
        ShootStore(StoreLocation(tmp_path / "a.sqlite", in_shoot=True, wal=True))
