"""Notices that a photo's file changes while it is read: half a copy must not be judged as the photo.

It must not read the content: size, time and number of the file tell.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.core.errors import PhotoError, PhotoUnreadableError

CHANGED_MEANWHILE = "The file changed while it was read; wait until it is copied, then look at it again."


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Holds everything that is read from one photo together.

    A file that is still there but is not what it was, counts as one that cannot be read: what was decoded
    may be half of it, or belong to another identity. An error that is raised within, such as a file that
    ends early, then is about the half, so it gives way to this one.

    Args:
        path: The photo's file.

    Raises:
        PhotoUnreadableError: if the file was changed, grew or was exchanged meanwhile.
    """
    before = _state(path)
    try:
        yield
    except PhotoError as error:
        if _has_changed(path, before):
            raise PhotoUnreadableError(path, CHANGED_MEANWHILE) from error
        raise
    if _has_changed(path, before):
        raise PhotoUnreadableError(path, CHANGED_MEANWHILE)


def _has_changed(path: Path, before: tuple[int, int, int] | None) -> bool:
    """Whether it is another file now; one that has gone was still read as it was."""
    now = _state(path)
    return before is not None and now is not None and now != before


def _state(path: Path) -> tuple[int, int, int] | None:
    """Size, time of change and number of the file; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
