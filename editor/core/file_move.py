"""Moves a file without ever overwriting another one or losing a byte, whatever is killed meanwhile.

It must not delete anything but a name whose content is known to stand under another one.
"""

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_BYTES = 64 * 1024
_BLOCK_BYTES = 1024 * 1024
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk's quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "there is no permission to do that",
    errno.ENOENT: "the file is no longer there",
    errno.EEXIST: "a file of that name is there already",
    errno.EIO: "the drive fails",
}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """By what a file is known again.

    Attributes:
        size: Its bytes.
        digest: BLAKE2b of its first and last 64 KiB, or of what a link points to; 32 hexadecimal digits.
    """

    size: int
    digest: str


def read_fingerprint(path: Path) -> Fingerprint:
    """The fingerprint of a file, or of a link itself.

    Raises:
        OSError: if it cannot be read.
    """
    if path.is_symlink():
        content = os.fsencode(path.readlink())
        return Fingerprint(len(content), hashlib.blake2b(b"link" + content, digest_size=16).hexdigest())
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest = hashlib.blake2b(file.read(_SAMPLE_BYTES), digest_size=16)
        file.seek(max(_SAMPLE_BYTES, size - _SAMPLE_BYTES))
        digest.update(file.read(_SAMPLE_BYTES))
    return Fingerprint(size, digest.hexdigest())


def move_file(source: Path, target: Path) -> None:
    """Moves a file or a link. At every moment its whole content stands under one of the names or both.

    A move that was killed half-way is completed by a second call.

    Raises:
        FileExistsError: if another file has the target's name.
        OSError: if it cannot be moved; then it is still where it was.
    """
    if os.path.lexists(target):
        if not _is_same(source, target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    elif not give_second_name(source, target):
        _move_without_link(source, target)
        return
    source.unlink()
    sync_folder(target.parent)
    sync_folder(source.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable where the system allows it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def move_reason(error: OSError) -> str:
    """Why the system would not move a file, in words."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def copy_verified(source: Path, target: Path, on_block: Callable[[int], None] | None = None) -> None:
    """Copies a file under a new name, checks every byte by reading it back, and keeps its times.

    Args:
        source: The file.
        target: The new name; its folder must exist.
        on_block: Called with the bytes of every block written, and with 0 for every one read back; what it
            raises ends the copy and leaves nothing at the target.

    Raises:
        FileExistsError: if a file has the target's name already.
        OSError: if it cannot be copied or reads back differently; nothing is left at the target.
    """
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    tell = on_block or _tell_nobody
    try:
        if _copy(source, part, tell) != _digest(part, tell):
            raise OSError(errno.EIO, "the copy reads back differently")
        shutil.copystat(source, part)
        if not give_second_name(part, target):
            _rename_new(part, target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)


def _is_same(source: Path, target: Path) -> bool:
    """Whether two names are of one file, as after a kill between giving the new and taking the old."""
    try:
        one, other = source.lstat(), target.lstat()
    except OSError:
        return False
    return (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)


def give_second_name(source: Path, target: Path) -> bool:
    """Gives a file a second name, which never overwrites; False where the disk knows no second names."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (FileExistsError, FileNotFoundError):
        raise
    except (OSError, NotImplementedError):
        return False
    return True


def _move_without_link(source: Path, target: Path) -> None:
    try:
        _rename_new(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy_verified(source, target)
        source.unlink()
    sync_folder(target.parent)
    sync_folder(source.parent)


def _rename_new(source: Path, target: Path) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source.rename(target)


def _copy(source: Path, target: Path, tell: Callable[[int], None]) -> str:
    digest = hashlib.blake2b()
    with source.open("rb") as reading, target.open("xb") as writing:
        while block := reading.read(_BLOCK_BYTES):
            digest.update(block)
            writing.write(block)
            tell(len(block))
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def _digest(path: Path, tell: Callable[[int], None]) -> str:
    digest = hashlib.blake2b()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
            tell(0)
    return digest.hexdigest()


def _tell_nobody(_bytes: int) -> None:
    """Nobody wants to know how far a copy is."""
