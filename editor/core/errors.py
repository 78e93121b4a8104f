"""The errors of floor 0, each naming its file and saying in a sentence what a person can do.

It must not decide which error fits: that belongs to the module that met the failure.
"""

from pathlib import Path


class FileError(Exception):
    """Something is wrong with one file; every error of the program that names a file is one.

    Attributes:
        path: The file.
        reason: A clear sentence for a person, without the file's name.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path.name}: {self.reason}"


class PhotoError(FileError):
    """A photo cannot be used; the only kind of error that reading a photo raises."""


class PhotoMissingError(PhotoError):
    """The file is not there (any more)."""


class PhotoUnreadableError(PhotoError):
    """The file is there but damaged, not a regular file, or may not be read."""


class PhotoUnsupportedError(PhotoError):
    """The file is a photo in a format that cannot be decoded yet."""


class PhotoTooLargeError(PhotoError):
    """The picture has more pixels, or needs more memory, than there may be."""


class FolderError(FileError):
    """A folder cannot be listed; its text has the whole path."""

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
