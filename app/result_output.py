"""Writes the result of a command to a file or to standard output, whatever their encoding and state."""

import contextlib
import io
import os
from pathlib import Path
from typing import TextIO

from editor.core.atomic_file import write_atomically
from editor.core.folder import PHOTO_SUFFIXES


class OutputError(Exception):
    """A result cannot be written.

    Attributes:
        path: The file, or the name of the stream.
        reason: A clear sentence for the user.
        late: Whether it turned out only after the work was done.
    """

    def __init__(self, path: Path, reason: str, *, late: bool) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason
        self.late = late


def check_output(path: Path | None) -> None:
    """Refuses, before any work is done, a file that cannot or must not be written.

    Args:
        path: The file; None for standard output.

    Raises:
        OutputError: Its folder is missing, it is a folder, or it is named like a photo.
    """
    if path is None:
        return
    if path.suffix.lower() in PHOTO_SUFFIXES:
        raise OutputError(path, "The result would replace a photo; choose another name.", late=False)
    if path.is_dir():
        raise OutputError(path, "This is a folder; name a file for the result.", late=False)
    if not path.parent.is_dir():
        raise OutputError(path, "The folder for the result does not exist.", late=False)


def write_file(text: str, path: Path) -> None:
    """Writes a text as UTF-8, all or nothing; names that are no Unicode keep their bytes.

    Raises:
        OutputError: The file cannot be written.
    """
    content = _encoded(text, "utf-8")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a device or a pipe must not be replaced by a file
        else:
            write_atomically(path.resolve(), content)
    except OSError as error:
        raise OutputError(path, f"The result could not be written: {error.strerror}.", late=True) from error


def write_stream(text: str, stream: TextIO | None) -> None:
    """Writes a text to standard output in the stream's encoding.

    What the encoding lacks is written as an escape. A reader that closes its end early, such as `head`, is
    no error.

    Raises:
        OutputError: The stream is closed or full.
    """
    if stream is None:
        raise OutputError(Path("standard output"), "It is closed.", late=True)
    try:
        _write_encoded(text, stream)
    except BrokenPipeError:
        _abandon(stream)
    except OSError as error:
        _abandon(stream)
        reason = f"The result could not be written: {error.strerror}."
        raise OutputError(Path("standard output"), reason, late=True) from error


def _write_encoded(text: str, stream: TextIO) -> None:
    stream.flush()
    stream.buffer.write(_encoded(text, stream.encoding or "utf-8"))
    stream.buffer.flush()


def _encoded(text: str, encoding: str) -> bytes:
    """The text in an encoding; a path that is no text keeps its bytes where that can be."""
    try:
        return text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return text.encode(encoding, "backslashreplace")


def _abandon(stream: TextIO) -> None:
    """Points a broken stream at nothing, so that closing it at the program's end complains no more."""
    with contextlib.suppress(OSError, io.UnsupportedOperation):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        finally:
            os.close(nowhere)
