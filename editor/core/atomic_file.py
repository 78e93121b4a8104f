"""Replaces a file as a whole: whoever reads it finds the old content or the new, never a part."""

import contextlib
import os
import secrets
import stat
from pathlib import Path

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_atomically(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Writes a file through a temporary one beside it; on any failure the old file stays as it was.

    A link is followed, so that the file it points to is replaced. An existing file keeps its permissions.

    Args:
        path: Where to; its folder must exist.
        content: The whole new content.
        durable: Whether the content is on the disk, beyond a power cut, when this returns. Files that
            can be made again do without, which is much faster.

    Raises:
        OSError: if it could not be written; no temporary file is left.
    """
    target = Path(os.path.realpath(path))
    temporary = target.parent / f".{secrets.token_hex(8)}.part"
    descriptor = os.open(temporary, _NEW_FILE, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        _keep_permissions(target, temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        _sync_folder(target.parent)


def _keep_permissions(target: Path, temporary: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable where folders can be synchronised; elsewhere the system sees to it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
