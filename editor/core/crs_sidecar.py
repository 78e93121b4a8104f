"""Reads Camera Raw's crop and exposure from sidecars and offers ours there; all else stays as it is.

A photo itself is never written, and a damaged sidecar is never replaced.
"""

from collections.abc import Mapping
from pathlib import Path

from editor.core.atomic_file import write_atomically
from editor.core.crs_edits import CrsEdits, edits_from_crs, edits_to_crs
from editor.core.crs_names import ALL_CRS, Crs
from editor.core.metadata import read_metadata
from editor.core.orientation import UPRIGHT
from editor.core.photo_size import read_upright_size
from editor.core.recipe import Recipe
from editor.core.xmp_document import XmpDocument
from editor.core.xmp_encoding import EncodingError, XmlText, decode_xml
from editor.core.xmp_errors import SidecarError, sidecar_write_error
from editor.core.xmp_parser import XmpError
from editor.core.xmp_patch import patch_document
from editor.core.xmp_rest import rest_of
from editor.core.xmp_scan import scan_document
from editor.core.xmp_sidecar import NEW_SIDECAR, read_content


def read_crs_edits(sidecar: Path, photo: Path) -> CrsEdits:
    """Reads crop and exposure from a sidecar; nothing if there is no sidecar.

    Args:
        sidecar: The sidecar.
        photo: The photo that it belongs to, for its size and orientation.

    Raises:
        SidecarError: if the sidecar may not be read or is no sound XMP.
        PhotoError: if the photo cannot be read.
    """
    found = read_content(sidecar)
    if found is None:
        return CrsEdits()
    _, document = _scanned(sidecar, found[0])
    return edits_from_crs(_values(document), *_shape(photo))


def write_crs_edits(sidecar: Path, photo: Path, recipe: Recipe) -> tuple[str, ...]:
    """Offers a recipe's crop and exposure in a sidecar: an existing one is patched, else one is made.

    A sidecar is made only where there is something to say.

    Args:
        sidecar: The sidecar.
        photo: The photo that it belongs to.
        recipe: Ours.

    Returns:
        What was left out because the meaning would not be exact: "crop", "exposure".

    Raises:
        SidecarError: if the sidecar may not be read or written or is no sound XMP; it stays as it was.
        PhotoError: if the photo cannot be read.
    """
    found = read_content(sidecar)
    old = found[0] if found else NEW_SIDECAR.encode()
    encoded, document = _scanned(sidecar, old)
    wanted, left_out = edits_to_crs(recipe, _values(document), *_shape(photo))
    text = patch_document(document, wanted)
    if text != encoded.text:
        new = encoded.encoded(text)
        _require_only(sidecar, encoded, new, wanted)
        try:
            write_atomically(sidecar, new)
        except OSError as error:
            raise sidecar_write_error(sidecar, error) from error
    return left_out


def _require_only(sidecar: Path, old: XmlText, new: bytes, wanted: Mapping[Crs, str | None]) -> None:
    """Proves that the new content says what is wanted, and the same as before in everything else.

    Raises:
        SidecarError: if not.
    """
    again, document = _scanned(sidecar, new)
    values = _values(document)
    as_wanted = all(values.get(prop) == value for prop, value in wanted.items() if value is not None)
    if not as_wanted or rest_of(again.text, ALL_CRS) != rest_of(old.text, ALL_CRS):
        raise SidecarError(sidecar, "This sidecar cannot be changed safely and is left as it is.")


def _scanned(path: Path, content: bytes) -> tuple[XmlText, XmpDocument]:
    try:
        encoded = decode_xml(content)
        return encoded, scan_document(encoded.text, ALL_CRS)
    except (EncodingError, XmpError) as error:
        raise SidecarError(
            path, f"The sidecar is left as it is, because {error}; repair it or move it away."
        ) from error


def _values(document: XmpDocument) -> dict[Crs, str]:
    """The value of each property; where one stands twice, the first."""
    values: dict[Crs, str] = {}
    for occurrence in document.occurrences:
        if isinstance(occurrence.prop, Crs):
            values.setdefault(occurrence.prop, occurrence.value)
    return values


def _shape(photo: Path) -> tuple[tuple[int, int], int]:
    return read_upright_size(photo), read_metadata(photo).orientation or UPRIGHT
