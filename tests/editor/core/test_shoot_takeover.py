"""Taking over a second store: no mark made while the shoot was read-only is lost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.photo import PhotoIdentity
from editor.core.shoot_location import StoreLocation
from editor.core.shoot_records import FoundPhoto, VersionedText
from editor.core.shoot_store import ShootStore
from editor.core.shoot_takeover import take_over_store

START = datetime(2024, 1, 1, tzinfo=UTC)


def marks(flag: Flag, day: int) -> RecordedMarks:
    return RecordedMarks(Marks(flag), Provenance(Decider.USER, START + timedelta(day), badge_seen=False))


def photo(key: str, content: int) -> FoundPhoto:
    return FoundPhoto(key, PhotoIdentity(content, "d"), 0)


def test_the_later_mark_of_each_photo_stays(tmp_path: Path) -> None:
    older = tmp_path / "user" / "shoot.sqlite"
    theirs = ShootStore(StoreLocation(older, in_shoot=False, wal=False))
    rows = theirs.recognise([photo("new.jpg", 9), photo("a.jpg", 1), photo("b.jpg", 2)])
    theirs.save_marks(
        {
            rows["a.jpg"]: marks(Flag.PICK, 5),
            rows["b.jpg"]: marks(Flag.PICK, 1),
            rows["new.jpg"]: marks(Flag.REJECT, 1),
        }
    )
    theirs.save_recipes({rows["a.jpg"]: VersionedText(1, "{}")})
    theirs.save_settings({"modes": VersionedText(1, "[2]")})
    theirs.close()
    store = ShootStore(StoreLocation(tmp_path / "shoot.sqlite", in_shoot=True, wal=True))
    ours = store.recognise([photo("a.jpg", 1), photo("sub/b.jpg", 2)])
    store.save_marks({ours["a.jpg"]: marks(Flag.REJECT, 2), ours["sub/b.jpg"]: marks(Flag.REJECT, 2)})
    store.save_settings({"modes": VersionedText(1, "[1]")})
    assert take_over_store(store, older) == 2
    found = store.load_marks()
    assert found[ours["a.jpg"]] == marks(Flag.PICK, 5)
    assert found[ours["sub/b.jpg"]] == marks(Flag.REJECT, 2)
    assert marks(Flag.REJECT, 1) in found.values()
    assert store.load_recipes() == {ours["a.jpg"]: VersionedText(1, "{}")}
    assert store.load_settings() == {"modes": VersionedText(1, "[2]")}
    assert [path.name for path in older.parent.iterdir()] == ["shoot.sqlite.taken"]
    store.close()
