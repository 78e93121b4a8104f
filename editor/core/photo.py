"""The identity of a photo: the same content is the same photo, whatever its name or folder.

It must not decode: an identity is read from a few bytes in a moment.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from editor.core.photo_file import file_error, open_photo

SAMPLE_BYTES = 64 * 1024
"""How much of the beginning and of the end of a file its identity is made from."""


@dataclass(frozen=True, slots=True, order=True)
class PhotoIdentity:
    """What a photo is addressed by.

    Attributes:
        size: Bytes of the file.
        digest: BLAKE2b of the first and the last 64 KiB, 32 hexadecimal digits.
    """

    size: int
    digest: str

    @property
    def key(self) -> str:
        """A short text that may stand in a file name or a table."""
        return f"{self.size:x}-{self.digest}"


def read_identity(path: Path) -> PhotoIdentity:
    """Reads a photo's identity from its size and its first and last 64 KiB.

    Of a file shorter than 128 KiB every byte counts, and none twice.

    Raises:
        PhotoError: if the file is missing, not a regular file, empty or may not be read.
    """
    with open_photo(path) as file:
        try:
            size = os.fstat(file.fileno()).st_size
            digest = hashlib.blake2b(file.read(SAMPLE_BYTES), digest_size=16)
            file.seek(max(SAMPLE_BYTES, size - SAMPLE_BYTES))
            digest.update(file.read(SAMPLE_BYTES))
        except OSError as error:
            raise file_error(path, error) from error
    return PhotoIdentity(size, digest.hexdigest())
