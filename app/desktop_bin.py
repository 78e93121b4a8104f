"""The bin of the desktop, reached through Qt: files go in and come back, none is ever deleted."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFile

from editor.core.file_move import move_file


class DesktopBin:
    """Any thread may use it. Follows `editor.core.system_bin.SystemBin`."""

    def reason_against(self, folder: Path) -> str:
        """Why nothing of a folder can be put into the bin; empty if it can."""
        if not QFile.supportsMoveToTrash():
            return _tr("This system has no bin; move the rejects to the folder _rejected instead.")
        if not os.access(folder, os.W_OK):
            return _tr("The folder may not be written; give yourself permission to write there.")
        return ""

    def put(self, file: Path) -> Path | None:
        """Puts a file into the bin.

        Raises:
            FileNotFoundError: It is not there.
            OSError: The bin does not take it.
        """
        if not os.path.lexists(file):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(file))
        moving = QFile(str(file))
        if not moving.moveToTrash():
            reason = moving.errorString() or _tr("the bin does not take it")
            raise OSError(0, reason)
        place = moving.fileName()
        return Path(place) if place and place != str(file) else None

    def take_back(self, place: Path, file: Path) -> None:
        """Brings a file back, and takes its note out of the bin where the bin keeps notes.

        Raises:
            OSError: It cannot be brought back.
        """
        move_file(place, file)
        # The FreeDesktop bin (1.0): files/NAME is described by info/NAME.trashinfo.
        if place.parent.name == "files":
            with suppress(OSError):
                (place.parent.parent / "info" / f"{place.name}.trashinfo").unlink(missing_ok=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DesktopBin", text)
