"""Where the store lies: in the shoot, or with the user where the shoot cannot be written."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from editor.core import shoot_location
from editor.core.folder import scan_folder
from editor.core.shoot_location import StoreLocation, is_local, is_writable, locate_store
from editor.core.shoot_records import VersionedText
from editor.core.shoot_store import ShootStore

ONE = {"x": VersionedText(1, "1")}


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    folder = tmp_path / "Saturday: shoot"
    folder.mkdir()
    return folder


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "user"


def make_read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shoot_location, "is_writable", lambda _shoot, _store: False)


def save(location: StoreLocation) -> None:
    store = ShootStore(location)
    store.save_settings(ONE)
    store.close()


def test_the_store_lies_in_the_shoot_and_is_not_listed(shoot: Path, user: Path) -> None:
    location = locate_store(shoot, user)
    assert location.path == shoot / ".framesift" / "shoot.sqlite"
    assert location.in_shoot
    save(location)
    listing = scan_folder(shoot, recursive=True)
    assert (listing.photos, listing.ignored) == ((), 0)
    assert not user.exists()
    assert sorted(path.name for path in location.path.parent.iterdir()) == ["shoot.sqlite"]


def test_a_read_only_shoot_has_its_store_with_the_user(
    shoot: Path, user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_read_only(monkeypatch)
    location = locate_store(shoot, user)
    assert not location.in_shoot
    assert location.path.is_relative_to(user / "shoots")
    assert location.path.parent.name.startswith("Saturday shoot-")
    assert locate_store(shoot, user) == location
    other = shoot.with_name("Sunday")
    other.mkdir()
    assert locate_store(other, user).path != location.path
    save(location)
    monkeypatch.undo()
    assert locate_store(shoot, user) == location, "marks made while it was read-only stay in sight"


def test_a_read_only_shoot_with_a_store_begins_with_its_content(
    shoot: Path, user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = locate_store(shoot, user)
    live = ShootStore(own)
    live.save_settings(ONE)
    content = own.path.read_bytes()
    make_read_only(monkeypatch)
    location = locate_store(shoot, user)
    store = ShootStore(location)
    assert store.load_settings() == ONE, "also what is only in the log yet"
    store.save_settings({"x": None})
    store.close()
    assert own.path.read_bytes() == content
    live.close()
    again = ShootStore(locate_store(shoot, user))
    assert again.load_settings() == {}
    again.close()
    monkeypatch.undo()
    assert locate_store(shoot, user) == replace(own, older=location.path)


def test_writing_is_tried(shoot: Path) -> None:
    store = shoot / ".framesift" / "shoot.sqlite"
    assert is_writable(shoot, store)
    assert list(store.parent.iterdir()) == []
    store.write_bytes(b"")
    assert is_writable(shoot, store)
    assert not is_writable(shoot / "gone", shoot / "gone" / ".framesift" / "shoot.sqlite")
    assert not (shoot / "gone").exists()
    store.unlink()
    store.mkdir()
    assert not is_writable(shoot, store)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no folder that nobody may write to")
def test_a_folder_that_cannot_be_written_is_known(user: Path) -> None:
    folder = Path("/proc/self")
    assert not is_writable(folder, folder / ".framesift" / "shoot.sqlite")
    assert not locate_store(folder, user).in_shoot


def test_where_nothing_can_be_written_it_is_an_error(shoot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_read_only(monkeypatch)
    (shoot / "file").touch()
    with pytest.raises(OSError, match="Not a directory"):
        locate_store(shoot, shoot / "file")


@pytest.mark.parametrize(
    ("kind", "local"), [("ext4", True), ("btrfs", True), ("nfs4", False), ("cifs", False), ("vfat", False)]
)
@pytest.mark.skipif(not hasattr(os, "major"), reason="no numbers of devices here")
def test_only_known_local_disks_use_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, local: bool
) -> None:
    mounts = tmp_path / "mountinfo"
    monkeypatch.setattr(shoot_location, "_MOUNTS", mounts)
    monkeypatch.setattr("sys.platform", "linux")
    device = tmp_path.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    mounts.write_text(f"1 0 0:99 / / rw - other none rw\n2 1 {number} / /a rw shared:1 - {kind} /dev/x rw\n")
    assert is_local(tmp_path) is local
    point = str(tmp_path.resolve()).replace(" ", "\\040")
    mounts.write_text(f"1 0 0:99 / / rw - other none rw\n2 1 0:98 / {point} rw - {kind} none rw\n")
    assert is_local(tmp_path / ".") is local
    assert not is_local(tmp_path / "gone")
    mounts.unlink()
    assert not is_local(tmp_path)


def test_on_a_mac_other_volumes_are_not_taken_for_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert is_local(Path("/Users/someone"))
    assert not is_local(Path("/Volumes/Card"))


def test_the_probe_leaves_permissions_alone(shoot: Path) -> None:
    before = stat.S_IMODE(shoot.stat().st_mode)
    is_writable(shoot, shoot / ".framesift" / "shoot.sqlite")
    assert stat.S_IMODE(shoot.stat().st_mode) == before
