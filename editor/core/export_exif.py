"""What an exported file says about its photo: EXIF by a policy, with orientation, size and software right.

Left out always: the thumbnail of the unedited photo, and the maker's own note, whose inner addresses would
no longer hold and which names serial numbers. It must not read or write XMP.
"""

import logging
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from PIL import Image, TiffImagePlugin
from PIL.ExifTags import IFD, Base

from editor.core.exif_faults import BROKEN_EXIF

SOFTWARE = "Framesift"

_MAIN = frozenset(
    {
        Base.ImageDescription,
        Base.Make,
        Base.Model,
        Base.DateTime,
        Base.Artist,
        Base.Copyright,
        Base.Rating,
        Base.RatingPercent,
    }
)
_RIGHTS = frozenset({Base.Artist, Base.Copyright})
_LEFT_OUT = frozenset({Base.MakerNote, Base.ExifInteroperabilityOffset})
_SRGB, _UNCALIBRATED = 1, 0xFFFF

_logger = logging.getLogger(__name__)


class MetadataPolicy(StrEnum):
    """How much of what a photo says about itself goes into its exports."""

    ALL = "all"
    COPYRIGHT = "copyright"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ExifFields:
    """EXIF values by tag, as Pillow holds them.

    Attributes:
        main: Of the picture.
        camera: Of the exposure.
        gps: Of the place.
    """

    main: dict[int, Any] = field(default_factory=dict)
    camera: dict[int, Any] = field(default_factory=dict)
    gps: dict[int, Any] = field(default_factory=dict)


def export_exif(
    path: Path, policy: MetadataPolicy, *, keep_gps: bool, size: tuple[int, int], is_srgb: bool
) -> ExifFields | None:
    """The EXIF of an export.

    Args:
        path: The original; broken EXIF in it counts as none.
        policy: How much is kept.
        keep_gps: Whether the place is kept; only under the policy ALL.
        size: Width and height of the export.
        is_srgb: Whether its pixels are sRGB.

    Returns:
        None under the policy NONE: not a word.
    """
    if policy is MetadataPolicy.NONE:
        return None
    found = _read(path)
    kept = _MAIN if policy is MetadataPolicy.ALL else _RIGHTS
    main = {tag: value for tag, value in found.main.items() if tag in kept}
    main |= {Base.Orientation: 1, Base.Software: SOFTWARE}
    camera: dict[int, Any] = {}
    gps: dict[int, Any] = {}
    if policy is MetadataPolicy.ALL:
        camera = {tag: value for tag, value in found.camera.items() if tag not in _LEFT_OUT}
        gps = dict(found.gps) if keep_gps else {}
    camera |= {Base.ExifImageWidth: size[0], Base.ExifImageHeight: size[1]}
    camera[Base.ColorSpace] = _SRGB if is_srgb else _UNCALIBRATED
    return ExifFields(_writable(main), _writable(camera), _writable(gps))


def exif_bytes(fields: ExifFields) -> bytes:
    """The fields as a block for JPEG, PNG, WebP and AVIF, beginning with "Exif" and two zero bytes."""
    exif = Image.Exif()
    for tag, value in fields.main.items():
        exif[tag] = value
    exif[IFD.Exif] = dict(fields.camera)
    if fields.gps:
        exif[IFD.GPSInfo] = dict(fields.gps)
    return exif.tobytes()


def fill_directory(directory: TiffImagePlugin.ImageFileDirectory_v2, fields: ExifFields) -> None:
    """Puts the fields into a TIFF directory."""
    for tag, value in fields.main.items():
        directory[tag] = value
    for place, part in ((IFD.Exif, fields.camera), (IFD.GPSInfo, fields.gps)):
        if part:
            directory[place] = dict(part)


def _read(path: Path) -> ExifFields:
    try:
        with Image.open(path) as image:
            exif = image.getexif()
            camera = dict(exif.get_ifd(IFD.Exif))
            gps = dict(exif.get_ifd(IFD.GPSInfo))
            return ExifFields(dict(exif), camera, gps)
    except BROKEN_EXIF as error:
        _logger.info("No EXIF taken over from %s: %r", path.name, error)
        return ExifFields()


def _writable(values: dict[int, Any]) -> dict[int, Any]:
    """Only what can be written again: a single broken value must not cost the others."""
    return {int(tag): value for tag, value in values.items() if _is_writable(int(tag), value)}


def _is_writable(tag: int, value: Any) -> bool:
    if isinstance(value, dict) or value is None:
        return False
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    try:
        directory[tag] = value
        directory.tobytes(8)
    except BROKEN_EXIF as error:
        _logger.info("EXIF tag %d left out: %r", tag, error)
        return False
    return True
