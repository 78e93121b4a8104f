"""What an exported file says about its photo in words: XMP by a policy, from the file, its IPTC and sidecars.

Only descriptions are carried, by name: no edits, which are in the pixels already, no history, no marks of
culling, nothing that EXIF says. IPTC's older form is carried as the XMP that took its place. Coordinates go
only where they are asked for.
"""

import logging
from pathlib import Path

from PIL import Image, IptcImagePlugin

from editor.core.errors import PhotoError
from editor.core.exif_faults import BROKEN_EXIF
from editor.core.export_policy import MetadataPolicy
from editor.core.iptc_words import properties_of_iptc
from editor.core.xmp_encoding import EncodingError, decode_xml
from editor.core.xmp_errors import SidecarError
from editor.core.xmp_parser import XmpError
from editor.core.xmp_paths import find_sidecars
from editor.core.xmp_sidecar import read_content
from editor.core.xmp_tree import Element, named, read_properties, write_packet

LONGEST = 60_000
"""Bytes that fit into every format; JPEG holds 65,502 in one part."""

_KEPT = {
    "dc": "title description subject creator rights contributor publisher source",
    "xmp": "Rating Label CreateDate",
    "photoshop": "Headline Credit Source City State Country Instructions TransmissionReference "
    "AuthorsPosition CaptionWriter Category SupplementalCategories Urgency DateCreated",
    "lr": "hierarchicalSubject weightedFlatSubject",
}
_KEPT_WHOLE = ("xmpRights", "Iptc4xmpCore", "Iptc4xmpExt", "plus")
_RIGHTS = {
    "dc": "creator rights",
    "photoshop": "Credit AuthorsPosition",
    "Iptc4xmpCore": "CreatorContactInfo",
}
_RIGHTS_WHOLE = ("xmpRights", "plus")
_PLACE = "GPS"
_TIFF_XMP = 700

_logger = logging.getLogger(__name__)


def export_xmp(path: Path, policy: MetadataPolicy, *, keep_gps: bool) -> bytes | None:
    """The XMP packet of an export.

    Args:
        path: The original; what is broken in it or in its sidecars counts as not there.
        policy: How much is kept.
        keep_gps: Whether properties with coordinates are kept; only under the policy ALL.

    Returns:
        The packet in UTF-8, at most LONGEST bytes; None if there is nothing to say.
    """
    if policy is MetadataPolicy.NONE:
        return None
    found = _embedded(path) | _beside(path)
    kept = [element for name, element in sorted(found.items()) if _is_kept(name, policy)]
    if policy is not MetadataPolicy.ALL or not keep_gps:
        kept = [element for element in kept if not _has_place(element)]
    packet = write_packet(kept) if kept else None
    if packet is not None and len(packet) > LONGEST:
        _logger.info("The XMP of %s is too long for an export; only rights are kept", path.name)
        rights = [element for element in kept if _is_kept(element.tag, MetadataPolicy.COPYRIGHT)]
        packet = write_packet(rights) if rights else None
    return packet if packet is not None and len(packet) <= LONGEST else None


def _is_kept(name: str, policy: MetadataPolicy) -> bool:
    whole, single = (_KEPT_WHOLE, _KEPT) if policy is MetadataPolicy.ALL else (_RIGHTS_WHOLE, _RIGHTS)
    if any(name.startswith(named(prefix, "")) for prefix in whole):
        return True
    return any(
        name == named(prefix, local) for prefix, locals_ in single.items() for local in locals_.split()
    )


def _has_place(element: Element) -> bool:
    return any(
        _PLACE in name.rpartition("}")[2] for part in element.iter() for name in (part.tag, *part.attrib)
    )


def _embedded(path: Path) -> dict[str, Element]:
    """The properties inside the photo; those of XMP before those of IPTC."""
    try:
        with Image.open(path) as image:
            iptc = IptcImagePlugin.getiptcinfo(image) or {}
            xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
            if xmp is None and image.format == "TIFF":
                xmp = image.getexif().get(_TIFF_XMP)
        words = properties_of_iptc(iptc)
        content = xmp.encode() if isinstance(xmp, str) else bytes(xmp or b"")
    except BROKEN_EXIF as error:
        _logger.info("No XMP taken over from %s: %r", path.name, error)
        return {}
    return words | _properties(content, path)


def _beside(path: Path) -> dict[str, Element]:
    """The properties in the photo's sidecars; those of the first before those of the second."""
    found: dict[str, Element] = {}
    for sidecar in reversed(find_sidecars(path)):
        try:
            content = read_content(sidecar)
        except (SidecarError, PhotoError) as error:
            _logger.info("No XMP taken over from %s: %s", sidecar.name, error)
            continue
        found |= _properties(content[0] if content else b"", sidecar)
    return found


def _properties(content: bytes, path: Path) -> dict[str, Element]:
    if not content.strip(b"\0 \n"):
        return {}
    try:
        return read_properties(decode_xml(content.rstrip(b"\0")).text)
    except (EncodingError, XmpError) as error:
        _logger.info("No XMP taken over from %s: %s", path.name, error)
        return {}
