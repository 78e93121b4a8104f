"""What an exported file says about its photo: EXIF by a policy, with orientation, size and software right.

Left out always: the thumbnail of the unedited photo, and the maker's own note, whose inner addresses would
no longer hold and which names serial numbers. It must not read or write XMP.
"""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, TiffImagePlugin
from PIL.ExifTags import IFD, Base

from editor.core.errors import PhotoError
from editor.core.exif_directories import block_exif, raw_directories
from editor.core.exif_faults import BROKEN_EXIF
from editor.core.export_policy import MetadataPolicy
from editor.core.heif_boxes import heif_exif
from editor.core.photo_file import open_photo
from editor.core.photo_formats import BEGINNING_BYTES, PhotoFormat, photo_format

__all__ = ["SOFTWARE", "ExifFields", "MetadataPolicy", "exif_bytes", "export_exif", "fill_directory"]

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
        with open_photo(path) as file:
            kind = photo_format(path.suffix, file.read(BEGINNING_BYTES))
            if kind in {PhotoFormat.HEIF, PhotoFormat.AVIF}:
                return _all_fields(block_exif(heif_exif(file) or b""))
            file.seek(0)
            if kind is PhotoFormat.RAW:
                return _raw_fields(file)
            with Image.open(file) as image:
                return _all_fields(image.getexif())
    except (*BROKEN_EXIF, PhotoError) as error:
        _logger.info("No EXIF taken over from %s: %r", path.name, error)
        return ExifFields()


def _raw_fields(file: BinaryIO) -> ExifFields:
    """Of a RAW file that is a TIFF inside all, of others what is known of their exposure."""
    first, second = raw_directories(file)
    fields = ExifFields(dict(first), dict(second))
    try:
        file.seek(0)
        with Image.open(file, formats=("TIFF",)) as image:
            whole = _all_fields(image.getexif())
    except BROKEN_EXIF:
        return fields
    return ExifFields(fields.main | whole.main, fields.camera | whole.camera, whole.gps)


def _all_fields(exif: Image.Exif) -> ExifFields:
    return ExifFields(dict(exif), dict(exif.get_ifd(IFD.Exif)), dict(exif.get_ifd(IFD.GPSInfo)))


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
