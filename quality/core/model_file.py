"""Reads the file of a network and makes sure that it is the one its contract names."""

import hashlib
from pathlib import Path

from quality.core.errors import ModelError


def read_checked(path: Path, sha256: str) -> bytes:
    """The bytes of the network: hashed here and loaded from memory, so nothing can change in between.

    Args:
        path: Of the file.
        sha256: Hash that its contract names, 64 lower-case hexadecimal digits.

    Raises:
        ModelError: It is missing, cannot be read, or is another one.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ModelError(path, "The model is missing; install the program again or train a model.") from None
    except OSError as error:
        raise ModelError(path, f"The model cannot be read: {error.strerror}.") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ModelError(
            path,
            "The model is damaged or not the one its contract names "
            f"(SHA-256 starts with {found[:12]} instead of {sha256[:12]}).",
        )
    return content
