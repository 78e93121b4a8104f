"""Opens a photo's file for reading without ever blocking on it.

It must not look at the content: what the bytes mean belongs to the decoder.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from editor.core.errors import PhotoError, PhotoMissingError, PhotoUnreadableError

_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
)
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ESTALE}
_LOCKED = {errno.EACCES, errno.EPERM}


def open_photo(path: Path) -> BinaryIO:
    """Opens a regular file for reading; anything else is an error at once.

    Links are followed. The kind is asked before the file is opened, so that a pipe or a device is
    not even touched, and again afterwards, in case it was exchanged in between.

    Raises:
        PhotoMissingError: if there is no such file.
        PhotoUnreadableError: if it is no regular file, is empty or may not be read.
    """
    try:
        _require_photo_file(path, path.stat())
        file = os.fdopen(os.open(path, _OPEN_FLAGS), "rb")
        try:
            _require_photo_file(path, os.fstat(file.fileno()))
        except BaseException:
            file.close()
            raise
    except (OSError, ValueError) as error:
        raise file_error(path, error) from error
    return file


def file_error(path: Path, error: OSError | ValueError) -> PhotoError:
    """The error for a person when the system would not open or read a photo's file.

    Args:
        path: The photo's file.
        error: What the system raised; a ValueError stands for a name that no system call takes.
    """
    code = error.errno if isinstance(error, OSError) else None
    if code in _GONE:
        if path.is_symlink():
            return PhotoMissingError(path, "The link points to a file that is not there.")
        return PhotoMissingError(path, "The file is no longer there; it was moved, renamed or deleted.")
    if code in _LOCKED:
        return PhotoUnreadableError(path, "The file may not be read; give yourself permission to read it.")
    if code == errno.ELOOP:
        return PhotoUnreadableError(path, "The link leads in a circle; delete it.")
    if code is None or code in {errno.ENAMETOOLONG, errno.EINVAL}:
        return PhotoUnreadableError(path, "The system cannot open a file of this name; rename it.")
    return PhotoUnreadableError(
        path, f"The file could not be read ({os.strerror(code)}); check the card or drive and try again."
    )


def _require_photo_file(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise PhotoUnreadableError(path, "This is a folder, not a photo.")
    if not stat.S_ISREG(status.st_mode):
        raise PhotoUnreadableError(path, "This is a pipe or a device, not a photo.")
    if status.st_size == 0:
        raise PhotoUnreadableError(path, "The file is empty; copy it from the card again.")
