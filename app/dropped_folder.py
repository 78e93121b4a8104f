"""What was dropped on the window: the first local folder or file, if any; opens nothing."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_folder(dropped: QMimeData) -> Path | None:
    """The first thing dropped that lies on a disk.

    Args:
        dropped: What the drag carries.

    Returns:
        A folder or a file; None when nothing fits.
    """
    for url in dropped.urls():
        if url.isLocalFile():
            path = Path(url.toLocalFile())
            if path.exists():
                return path
    return None
