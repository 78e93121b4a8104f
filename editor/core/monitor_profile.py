"""Reads and checks the ICC profile of a monitor; it must not convert pictures: ``color`` does."""

from pathlib import Path
from typing import Final

from editor.core.errors import FileError, PhotoError
from editor.core.icc import RGB, colour_space, is_srgb, rgb_transform
from editor.core.photo_file import open_photo

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest file that is read as a profile; those made of fine tables have a few million."""

_CLASSES = (b"mntr", b"spac")


class MonitorProfileError(FileError):
    """A file is no profile of a monitor."""


def read_monitor_profile(path: Path) -> bytes | None:
    """Reads the profile of a monitor from a file.

    Returns:
        The profile; None where it means sRGB, for which nothing has to be converted.

    Raises:
        MonitorProfileError: if the file cannot be read or describes no monitor.
    """
    try:
        with open_photo(path) as file:
            content = file.read(MAX_BYTES + 1)
    except PhotoError as error:
        raise MonitorProfileError(path, error.reason) from error
    except OSError as error:
        raise MonitorProfileError(path, f"The file could not be read ({error.strerror}).") from error
    reason = _why_not(content)
    if reason:
        raise MonitorProfileError(path, f"{reason} Choose the .icc or .icm file of your monitor.")
    return None if is_srgb(content) else content


def checked_profile(content: bytes) -> bytes | None:
    """A profile that the system gave, None where it means sRGB or cannot be used."""
    return None if _why_not(content) or is_srgb(content) else content


def _why_not(content: bytes) -> str:
    """Why a file cannot be used as the profile of a monitor; empty where it can."""
    found = colour_space(content)
    if len(content) > MAX_BYTES or found is None:
        return "This is no ICC profile."
    if found != RGB or content[12:16] not in _CLASSES:
        return "This profile describes no monitor, but a printer, a camera or something else."
    if rgb_transform(None, content) is None:
        return "This ICC profile is damaged."
    return ""
