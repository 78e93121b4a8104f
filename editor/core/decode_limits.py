"""The largest picture that is opened, whatever its format."""

from pathlib import Path

from editor.core.decode_failure import DAMAGED, TOO_LARGE
from editor.core.errors import PhotoTooLargeError, PhotoUnreadableError

MAX_PIXELS = 250_000_000
"""The most pixels a photo may have; the largest phone sensors give 200 million."""


def require_size(path: Path, width: int, height: int) -> None:
    """Refuses a picture by the size that its header claims.

    Raises:
        PhotoUnreadableError: if it has no pixels.
        PhotoTooLargeError: if it has more than MAX_PIXELS.
    """
    if width < 1 or height < 1:
        raise PhotoUnreadableError(path, DAMAGED)
    if width * height > MAX_PIXELS:
        raise PhotoTooLargeError(path, TOO_LARGE)
