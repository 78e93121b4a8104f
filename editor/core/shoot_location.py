"""Finds where a shoot's store lies: in the shoot itself, or with the user where that is read-only.

In the shoot it travels with the photos to another disk or computer. The folder's name begins with a dot,
so that file managers hide it and no shoot lists it.
"""

import ctypes
import hashlib
import logging
import os
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from editor.core.atomic_file import write_atomically
from editor.core.shoot_store_file import BESIDE

STORE_FOLDER = ".framesift"
"""The hidden folder inside a shoot."""

STORE_FILE = "shoot.sqlite"
"""The store inside that folder."""

_LOCAL_FILE_SYSTEMS = frozenset(
    {
        "ext2",
        "ext3",
        "ext4",
        "xfs",
        "btrfs",
        "zfs",
        "f2fs",
        "bcachefs",
        "tmpfs",
        "overlay",
        "ntfs3",
        "reiserfs",
    }
)
_MOUNTS = Path("/proc/self/mountinfo")
_WINDOWS_FIXED_DRIVES = frozenset({2, 3, 6})  # removable, fixed, RAM disk; not remote

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoreLocation:
    """Where a store lies.

    Attributes:
        path: Its file.
        in_shoot: Whether it lies in the shoot itself.
        wal: Whether a write-ahead log may be used: on local disks only, because it needs memory that
            programs share; elsewhere a rollback journal is as safe and slower.
        older: A second store of the same shoot with the user, from when the shoot could not be written:
            its content is to be taken over (see take_over_store); None if there is none.
    """

    path: Path
    in_shoot: bool
    wal: bool
    older: Path | None = None


def locate_store(shoot: Path, user_folder: Path) -> StoreLocation:
    """Finds where a shoot's store lies; makes the folder it lies in.

    A store in the user's folder, begun while the shoot was read-only, stays the shoot's store as long as
    the shoot has none of its own. Where the shoot has one but cannot be written, the user's begins as a
    copy of it.

    Args:
        shoot: The shoot's folder.
        user_folder: The program's folder for the user's data.

    Raises:
        OSError: if neither folder can be written.
    """
    own = shoot / STORE_FOLDER / STORE_FILE
    users = user_folder / "shoots" / _folder_name(shoot) / STORE_FILE
    writable = is_writable(shoot, own)
    if writable and (own.exists() or not users.exists()):
        older = users if users.exists() else None
        return StoreLocation(own, in_shoot=True, wal=is_local(own.parent), older=older)
    users.parent.mkdir(parents=True, exist_ok=True)
    if not users.exists() and own.exists():
        _copy_store(own, users)
    return StoreLocation(users, in_shoot=False, wal=is_local(users.parent))


def is_writable(shoot: Path, store: Path) -> bool:
    """Whether a store can be kept in a shoot: by writing there, as permissions do not tell.

    Args:
        shoot: The shoot's folder.
        store: The store's file in it, which need not exist; its folder is made.
    """
    probe = store.parent / f".{secrets.token_hex(8)}.part"
    try:
        if not shoot.is_dir():
            return False
        store.parent.mkdir(exist_ok=True)
        write_atomically(probe, b"", durable=False)
        probe.unlink()
        if store.exists():
            os.close(os.open(store, os.O_RDWR))
    except OSError as error:
        _logger.info("The marks of %s are kept in the user's folder: %s", shoot, error)
        return False
    return True


def is_local(folder: Path) -> bool:
    """Whether a folder lies on a disk of this computer, as far as that can be told."""
    if sys.platform == "win32":
        return _is_local_on_windows(folder)
    if sys.platform == "darwin":
        return not os.path.realpath(folder).startswith("/Volumes/")
    return _file_system(folder, _MOUNTS) in _LOCAL_FILE_SYSTEMS


def _file_system(folder: Path, mounts: Path) -> str | None:
    """The kind of the file system a folder lies on, by its device (proc(5), mountinfo)."""
    try:
        device = folder.stat().st_dev
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in reversed(lines):
        fields, _, after = line.partition(" - ")
        if fields.split()[2] == wanted:
            return after.split()[0]
    return _deepest_mount(folder, lines)


def _deepest_mount(folder: Path, lines: list[str]) -> str | None:
    """The same by the path, for file systems whose devices are not those of their mounts (btrfs)."""
    path, kind, longest = os.path.realpath(folder), None, -1
    for line in lines:
        fields, _, after = line.partition(" - ")
        point = fields.split()[4].encode().decode("unicode_escape")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= longest:
            kind, longest = after.split()[0], len(point)
    return kind


def _is_local_on_windows(folder: Path) -> bool:  # pragma: no cover (another system)
    drive = os.path.splitdrive(os.path.realpath(folder))[0]
    kind: int = vars(ctypes)["windll"].kernel32.GetDriveTypeW(drive + "\\")
    return kind in _WINDOWS_FIXED_DRIVES


def _folder_name(shoot: Path) -> str:
    """A name for a shoot's folder in the user's: to be told by a person, and unique by its path."""
    path = os.path.realpath(shoot)
    digest = hashlib.blake2b(os.fsencode(path), digest_size=8).hexdigest()
    name = "".join(letter for letter in Path(path).name if letter.isalnum() or letter in "-_ ")[:40].strip()
    return f"{name or 'shoot'}-{digest}"


def _copy_store(source: Path, target: Path) -> None:
    """Copies a store and what SQLite keeps beside it, the database last."""
    for ending in reversed(BESIDE):
        beside = source.with_name(source.name + ending)
        if ending != "-shm" and beside.exists():
            part = target.with_name(f"{target.name}{ending}.part")
            shutil.copyfile(beside, part)
            part.replace(target.with_name(target.name + ending))
