"""What a shoot's store holds, as plain values."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from editor.core.photo import PhotoIdentity
from editor.core.xmp_names import SidecarProperties
from editor.core.xmp_sidecar import SidecarStamp


@dataclass(frozen=True, slots=True)
class FoundPhoto:
    """A photo as it was found in the shoot.

    Attributes:
        key: Its place in the shoot (see place_key).
        identity: Of its content.
        modified_ns: Its time of modification in nanoseconds.
    """

    key: str
    identity: PhotoIdentity
    modified_ns: int


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A photo as the store knows it.

    Attributes:
        row: What its marks and recipe are stored under; the same for good.
        key: Where it was last found; None if another photo has taken that place since.
        identity: Of its content when it was last found.
        modified_ns: Its time of modification then: while that and the size are the same the identity
            need not be read again.
    """

    row: int
    key: str | None
    identity: PhotoIdentity
    modified_ns: int


@dataclass(frozen=True, slots=True)
class VersionedText:
    """Something that its owner turns into JSON and back.

    Attributes:
        version: Of its form, for its owner.
        text: JSON.

    Raises:
        ValueError: if the text is no JSON.
    """

    version: int
    text: str

    def __post_init__(self) -> None:
        json.loads(self.text)


@dataclass(frozen=True, slots=True)
class SeenSidecar:
    """A sidecar as it was last read or written."""

    properties: SidecarProperties
    stamp: SidecarStamp


def place_key(shoot: Path, path: Path) -> str:
    """The place of a file in its shoot: with slashes on every system, any name made storable.

    Raises:
        ValueError: if the file does not lie in the shoot.
    """
    text, inside = os.fspath(path), os.fspath(shoot).rstrip(os.sep) + os.sep
    # Thousands are asked for at once when a shoot is opened, and `relative_to` takes its time.
    key = text[len(inside) :] if text.startswith(inside) else os.fspath(path.relative_to(shoot))
    key = key.replace(os.sep, "/")
    return key if key.isascii() else os.fsencode(key).decode("utf-8", "backslashreplace")
