"""Reads Camera Raw's crop and exposure from sidecars and offers ours there; all else stays as it is.

A photo itself is never written, and a damaged sidecar is never replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.core.atomic_file import write_atomically
from editor.core.crs_edits import CrsEdits, CrsOffer, edits_from_crs, edits_to_crs
from editor.core.crs_names import ALL_CRS, OPERATIONS, Crs
from editor.core.metadata import read_metadata
from editor.core.orientation import UPRIGHT
from editor.core.photo_size import read_upright_size
from editor.core.recipe import Recipe
from editor.core.xmp_document import XmpDocument
from editor.core.xmp_encoding import EncodingError, XmlText, decode_xml
from editor.core.xmp_errors import SidecarChangedError, SidecarError, sidecar_write_error
from editor.core.xmp_parser import XmpError
from editor.core.xmp_patch import patch_document
from editor.core.xmp_rest import rest_of
from editor.core.xmp_scan import scan_document
from editor.core.xmp_sidecar import NEW_SIDECAR, read_content


def read_crs_edits(sidecar: Path, photo: Path, ours: Mapping[Crs, str] | None = None) -> CrsEdits:
    """Reads crop and exposure from a sidecar; nothing if there is no sidecar, or none of another program.

    Args:
        sidecar: The sidecar.
        photo: The photo that it belongs to, for its size and orientation.
        ours: What we wrote there last; where it says just that, nothing of another program is there.

    Raises:
        SidecarError: if the sidecar may not be read or is no sound XMP.
        PhotoError: if the photo cannot be read.
    """
    found = read_content(sidecar)
    if found is None:
        return CrsEdits()
    values = _values(_scanned(sidecar, found[0])[1])
    there = {prop: values[prop] for group in OPERATIONS.values() for prop in group if prop in values}
    if not there or (ours is not None and there == dict(ours)):
        return CrsEdits()
    return edits_from_crs(values, *_shape(photo))


@dataclass(frozen=True, slots=True)
class OfferedEdits:
    """What became of a recipe in one sidecar.

    Attributes:
        offer: What other programs see of it and what not.
        said: The properties of crop and exposure that are ours there now, to be known again.
    """

    offer: CrsOffer
    said: dict[Crs, str]


def plan_crs_edits(
    sidecar: Path, photo: Path, recipe: Recipe, ours: Mapping[Crs, str] | None = None
) -> CrsOffer:
    """Says what ``write_crs_edits`` would do; writes nothing.

    Raises:
        SidecarError: if the sidecar may not be read or is no sound XMP.
        PhotoError: if the photo cannot be read.
    """
    return _planned(sidecar, photo, recipe, ours)[1]


def write_crs_edits(
    sidecar: Path, photo: Path, recipe: Recipe, ours: Mapping[Crs, str] | None = None
) -> OfferedEdits:
    """Offers a recipe's crop and exposure in a sidecar: an existing one is patched, else one is made.

    A sidecar is made only where there is something to say. What is written is read back.

    Args:
        sidecar: The sidecar.
        photo: The photo that it belongs to.
        recipe: Ours.
        ours: What we wrote there last; see ``edits_to_crs``. None replaces what others wrote, too.

    Raises:
        SidecarError: if the sidecar may not be read or written or is no sound XMP; it stays as it was.
        PhotoError: if the photo cannot be read.
    """
    document, offer, encoded = _planned(sidecar, photo, recipe, ours)
    text = patch_document(document, offer.wanted)
    values = _values(document)
    if text != encoded.text:
        new = encoded.encoded(text)
        _require_only(sidecar, encoded, new, offer.wanted)
        try:
            write_atomically(sidecar, new)
        except OSError as error:
            raise sidecar_write_error(sidecar, error) from error
        found = read_content(sidecar)
        if found is None or found[0] != new:
            raise SidecarChangedError(sidecar)
        values = _values(_scanned(sidecar, new)[1])
    left = (*offer.foreign, *offer.left_out)
    props = [prop for name, group in OPERATIONS.items() if name not in left for prop in group]
    return OfferedEdits(offer, {prop: values[prop] for prop in props if prop in values})


def _planned(
    sidecar: Path, photo: Path, recipe: Recipe, ours: Mapping[Crs, str] | None
) -> tuple[XmpDocument, CrsOffer, XmlText]:
    found = read_content(sidecar)
    encoded, document = _scanned(sidecar, found[0] if found else NEW_SIDECAR.encode())
    return document, edits_to_crs(recipe, _values(document), *_shape(photo), ours), encoded


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
