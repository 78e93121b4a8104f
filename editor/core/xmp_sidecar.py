"""Reads and writes the marks in a sidecar: an existing one is patched, a damaged one never replaced.

Every write goes through a temporary file and is read back. No method changes a photo itself, and the
network's verdicts are never written.
"""

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from editor.core.atomic_file import write_atomically
from editor.core.errors import PhotoError, PhotoMissingError
from editor.core.marks import Marks
from editor.core.photo_file import open_photo
from editor.core.xmp_encoding import EncodingError, XmlText, decode_xml
from editor.core.xmp_errors import SidecarChangedError, SidecarError, sidecar_write_error
from editor.core.xmp_marks import RejectRating, properties_of
from editor.core.xmp_names import SidecarProperties
from editor.core.xmp_parser import XmpError
from editor.core.xmp_patch import patch_document
from editor.core.xmp_rest import rest_of
from editor.core.xmp_scan import scan_document

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read as a sidecar; those of programs with painted masks have a few million."""

_SETTLED_NS = 3_000_000_000  # FAT keeps times to 2 s: within them a second write may not show
NEW_SIDECAR = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Framesift">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
"""A sidecar that says nothing yet."""


@dataclass(frozen=True, slots=True)
class SidecarStamp:
    """By what a later change of a sidecar is known.

    Attributes:
        modified_ns: Its time of modification in nanoseconds.
        size: Its bytes.
        digest: BLAKE2b of its content, 32 hexadecimal digits.
        settled: Whether it was old enough when it was read for any later write to change that time.
    """

    modified_ns: int
    size: int
    digest: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar says of marks, and the state of it that says so."""

    path: Path
    properties: SidecarProperties
    stamp: SidecarStamp


def read_sidecar(path: Path) -> Sidecar | None:
    """Reads a sidecar; None if there is none.

    Raises:
        SidecarError: if it may not be read or is no sound XMP.
    """
    found = read_content(path)
    if found is None:
        return None
    content, stamp = found
    _, properties = _scan(path, content)
    return Sidecar(path, properties, stamp)


def sidecar_changed(path: Path, seen: SidecarStamp | None) -> bool:
    """Whether a sidecar is another than the one last seen; the content decides, not the time alone.

    Args:
        path: The sidecar.
        seen: Its stamp when it was last read or written; None if there was none.

    Raises:
        SidecarError: if it may not be read.
    """
    try:
        status = path.stat()
    except OSError:
        return seen is not None
    if (
        seen is not None
        and seen.settled
        and (status.st_mtime_ns, status.st_size)
        == (
            seen.modified_ns,
            seen.size,
        )
    ):
        return False
    found = read_content(path)
    return (found[1].digest if found else None) != (seen.digest if seen else None)


def write_sidecar(
    path: Path,
    marks: Marks,
    *,
    seen: SidecarStamp | None,
    reject_rating: RejectRating = RejectRating.WITHOUT_STARS,
) -> Sidecar | None:
    """Publishes marks: an existing sidecar is patched, a new one made only where there is a mark.

    Args:
        path: The sidecar.
        marks: The photo's marks.
        seen: The stamp of the sidecar when its marks were last taken over or written; None if there
            was no sidecar then.
        reject_rating: When a reject takes the place of the stars.

    Returns:
        The sidecar as read back; None if there is none and no mark to publish.

    Raises:
        SidecarChangedError: if another program has changed it since; nothing is written.
        SidecarError: if it may not be read or written or is no sound XMP; it stays as it was.
    """
    found = read_content(path)
    if (found[1].digest if found else None) != (seen.digest if seen else None):
        raise SidecarChangedError(path)
    old = found[0] if found else NEW_SIDECAR.encode()
    new = _patched(path, old, marks, reject_rating)
    if new != old:
        try:
            write_atomically(path, new)
        except OSError as error:
            raise sidecar_write_error(path, error) from error
    elif found is None:
        return None
    return _read_back(path, new)


def _patched(path: Path, content: bytes, marks: Marks, reject_rating: RejectRating) -> bytes:
    """The content with our properties changed; proven to say the same in everything else."""
    wanted = properties_of(marks, reject_rating)
    encoded, _ = _scan(path, content)
    text = patch_document(scan_document(encoded.text), wanted)
    if text == encoded.text:
        return content
    new = encoded.encoded(text)
    again, properties = _scan(path, new)
    as_wanted = all(properties.of(prop) == value for prop, value in wanted.items() if value is not None)
    if not as_wanted or rest_of(again.text) != rest_of(encoded.text):
        raise SidecarError(path, "This sidecar cannot be changed safely and is left as it is.")
    return new


def _scan(path: Path, content: bytes) -> tuple[XmlText, SidecarProperties]:
    try:
        encoded = decode_xml(content)
        return encoded, scan_document(encoded.text).properties()
    except (EncodingError, XmpError) as error:
        raise SidecarError(
            path, f"The sidecar is left as it is, because {error}; repair it or move it away."
        ) from error


def read_content(path: Path) -> tuple[bytes, SidecarStamp] | None:
    """The content of a sidecar and its stamp; None if there is none.

    Raises:
        SidecarError: if it may not be read, is empty or far too large.
    """
    now = time.time_ns()
    try:
        if path.stat().st_size == 0:
            raise SidecarError(path, "The sidecar is empty; restore it or move it away.")
        with open_photo(path) as file:
            content = file.read(MAX_BYTES + 1)
            status = os.fstat(file.fileno())
    except (FileNotFoundError, NotADirectoryError, PhotoMissingError):
        return None
    except PhotoError as error:
        raise SidecarError(path, error.reason) from error
    except OSError as error:
        raise SidecarError(path, f"The sidecar could not be read ({error.strerror}).") from error
    if len(content) > MAX_BYTES:
        raise SidecarError(path, "The file is too large for a sidecar.")
    settled = 0 <= status.st_mtime_ns < now - _SETTLED_NS
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    return content, SidecarStamp(status.st_mtime_ns, len(content), digest, settled)


def _read_back(path: Path, written: bytes) -> Sidecar:
    found = read_content(path)
    if found is None or found[0] != written:
        raise SidecarChangedError(path)
    return Sidecar(path, _scan(path, written)[1], found[1])
