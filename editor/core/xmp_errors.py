"""The errors of sidecars, each naming its file and saying in a sentence what a person can do."""

import errno
import os
from pathlib import Path

from editor.core.errors import FileError

_ADVICE = {
    errno.ENOSPC: "The disk is full; make room and publish again.",
    errno.EDQUOT: "The disk's quota is used up; make room and publish again.",
    errno.EROFS: "The folder is read-only, so no sidecar can be written there.",
    errno.EACCES: "The sidecar may not be written; give yourself permission to write in its folder.",
    errno.EPERM: "The sidecar may not be written; give yourself permission to write in its folder.",
}


class SidecarError(FileError):
    """A sidecar cannot be read or written; the file is as it was."""


class SidecarChangedError(SidecarError):
    """Another program has written the sidecar since it was read: its content has to be taken over first."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "Another program has changed this sidecar; its marks are read first.")


class SidecarWriteError(SidecarError):
    """The system would not write a sidecar; the same may work later."""


def sidecar_write_error(path: Path, error: OSError) -> SidecarWriteError:
    """The error for a person when the system would not write a sidecar."""
    code = error.errno or 0
    fallback = f"The sidecar could not be written ({os.strerror(code)}); check the drive and publish again."
    return SidecarWriteError(path, _ADVICE.get(code, fallback))
