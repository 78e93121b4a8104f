"""Reads what the camera wrote about a photo: when it was taken, with what, and how it was exposed.

It must not decode pixels, and broken EXIF is never an error: what cannot be read is None.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from PIL import ExifTags, Image

from editor.core.decode_limits import MAX_PIXELS
from editor.core.exif_directories import Directory, block_exif, exif_directories, raw_directories
from editor.core.exif_faults import BROKEN_EXIF
from editor.core.exif_values import (
    exif_number,
    exif_offset,
    exif_subseconds,
    exif_text,
    exif_time,
    exif_whole_number,
)
from editor.core.heif_boxes import heif_exif
from editor.core.orientation import UPRIGHT
from editor.core.photo_file import open_photo
from editor.core.photo_formats import BEGINNING_BYTES, UNSUPPORTED_FORMATS, PhotoFormat, photo_format
from editor.core.pillow_settings import settle_pillow
from editor.core.png_exif import PNG_MAGIC, png_exif

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
_TAGS = ExifTags.Base
_UNKNOWN_ISO = 65535  # EXIF 2.3: the sensitivity is beyond what the field holds

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PhotoMetadata:
    """What the camera wrote about a photo; None wherever it wrote nothing that makes sense.

    Attributes:
        taken_at: The camera's clock when the shutter opened, with sub-seconds; with a time zone only
            where the camera wrote its offset.
        camera: Maker and model in one text, for example ``"Canon EOS 5D"``.
        camera_serial: The body's serial number.
        lens: The lens's model.
        exposure_s: Exposure time in seconds, greater than 0.
        aperture: F-number, greater than 0.
        iso: Sensitivity, greater than 0.
        focal_mm: Focal length in millimetres, greater than 0.
        focal_35mm: Focal length in millimetres that gives the same view on 36 mm x 24 mm, greater than 0.
        orientation: EXIF orientation 1..8.
    """

    taken_at: datetime | None = None
    camera: str | None = None
    camera_serial: str | None = None
    lens: str | None = None
    exposure_s: float | None = None
    aperture: float | None = None
    iso: int | None = None
    focal_mm: float | None = None
    focal_35mm: float | None = None
    orientation: int | None = None


NO_METADATA = PhotoMetadata()
"""Of a photo whose camera wrote nothing that can be read."""


def read_metadata(path: Path) -> PhotoMetadata:
    """Reads the EXIF of a JPEG, PNG, TIFF, WebP, HEIC, AVIF or RAW file.

    Other files, and files without EXIF or with broken EXIF, give None everywhere.

    Raises:
        PhotoError: if the file is missing, not a regular file, empty or may not be read.
    """
    with open_photo(path) as file:
        settle_pillow(MAX_PIXELS)
        try:
            return _metadata(*_directories(file, path))
        except BROKEN_EXIF as error:
            _logger.debug("No metadata in %s: %r", path, error)
            return PhotoMetadata()


def _directories(file: BinaryIO, path: Path) -> tuple[Directory, Directory]:
    beginning = file.read(BEGINNING_BYTES)
    kind = photo_format(path.suffix, beginning)
    if kind is PhotoFormat.RAW:
        return raw_directories(file)
    if kind in {PhotoFormat.HEIF, PhotoFormat.AVIF}:
        return exif_directories(block_exif(heif_exif(file) or b""))
    if kind in UNSUPPORTED_FORMATS:
        return {}, {}
    late = png_exif(file) if beginning.startswith(PNG_MAGIC) else None
    file.seek(0)
    with Image.open(file, formats=_FORMATS) as image:
        return exif_directories(_exif(image, late))


def _exif(image: Image.Image, late: bytes | None) -> Image.Exif:
    """The EXIF of an opened image, whose pixels are not decoded for it.

    Args:
        image: The image.
        late: The EXIF block of a PNG, wherever it stands.
    """
    if late is None:
        return Image.Image.getexif(image)  # the one of a PNG would decode
    exif = Image.Exif()
    exif.load(late)
    return exif


def _metadata(first: Directory, second: Directory) -> PhotoMetadata:
    orientation = first.get(_TAGS.Orientation)
    known = isinstance(orientation, int) and UPRIGHT <= orientation <= 8
    return PhotoMetadata(
        taken_at=_taken_at(first, second),
        camera=_camera(exif_text(first.get(_TAGS.Make)), exif_text(first.get(_TAGS.Model))),
        camera_serial=exif_text(second.get(_TAGS.BodySerialNumber)),
        lens=exif_text(second.get(_TAGS.LensModel)),
        exposure_s=exif_number(second.get(_TAGS.ExposureTime)) or _exposure_from_speed(second),
        aperture=exif_number(second.get(_TAGS.FNumber)),
        iso=_iso(second),
        focal_mm=exif_number(second.get(_TAGS.FocalLength)),
        focal_35mm=exif_number(second.get(_TAGS.FocalLengthIn35mmFilm)),
        orientation=orientation if known and isinstance(orientation, int) else None,
    )


def _taken_at(first: Directory, second: Directory) -> datetime | None:
    """The first of three times that makes sense, with the sub-seconds and the offset that belong to it."""
    times = (
        (second, _TAGS.DateTimeOriginal, _TAGS.SubsecTimeOriginal, _TAGS.OffsetTimeOriginal),
        (second, _TAGS.DateTimeDigitized, _TAGS.SubsecTimeDigitized, _TAGS.OffsetTimeDigitized),
        (first, _TAGS.DateTime, _TAGS.SubsecTime, _TAGS.OffsetTime),
    )
    for directory, time_tag, fraction_tag, offset_tag in times:
        moment = exif_time(directory.get(time_tag))
        if moment is not None:
            return moment.replace(
                microsecond=exif_subseconds(second.get(fraction_tag)),
                tzinfo=exif_offset(second.get(offset_tag)),
            )
    return None


def _camera(make: str | None, model: str | None) -> str | None:
    """Maker and model without saying the maker twice."""
    if make is None or model is None:
        return model or make
    return model if model.lower().startswith(make.split()[0].lower()) else f"{make} {model}"


def _iso(second: Directory) -> int | None:
    """The first that is known of the two fields of EXIF 2.3; the older one stops at 65535."""
    old = exif_whole_number(second.get(_TAGS.ISOSpeedRatings))
    if old is not None and old != _UNKNOWN_ISO:
        return old
    newer = (_TAGS.RecommendedExposureIndex, _TAGS.StandardOutputSensitivity, _TAGS.ISOSpeed)
    return next((iso for tag in newer if (iso := exif_whole_number(second.get(tag)))), old)


def _exposure_from_speed(second: Directory) -> float | None:
    """The exposure time by the APEX value: 2 to the power of minus Tv (EXIF 2.32, annex C)."""
    speed = exif_number(second.get(_TAGS.ShutterSpeedValue), least=-20.0)
    return None if speed is None or speed > 30 else 2.0**-speed
