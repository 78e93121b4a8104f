"""Encodes a rendered picture as the bytes of a file: JPEG, TIFF, PNG, WebP and AVIF.

It must not touch the disk: ``export`` writes whole files.
"""

import io
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PIL import Image, PngImagePlugin

from editor.core.encode_png import deep_png
from editor.core.encode_tiff import tiff
from editor.core.export_exif import ExifFields, exif_bytes
from editor.core.pixels import Picture, Pixels

_BEST_SUBSAMPLED = 90
_PNG_LEVEL = 4
_AVIF_SPEED = 8


class FileFormat(StrEnum):
    """The formats that can be written."""

    JPEG = "jpeg"
    TIFF = "tiff"
    PNG = "png"
    WEBP = "webp"
    AVIF = "avif"

    @property
    def suffix(self) -> str:
        """The ending of its files, with the dot."""
        return {"jpeg": ".jpg", "tiff": ".tif"}.get(self.value, f".{self.value}")

    @property
    def has_quality(self) -> bool:
        """Whether it is lossy."""
        return self in {FileFormat.JPEG, FileFormat.WEBP, FileFormat.AVIF}

    @property
    def longest_side(self) -> int:
        """The longest side in pixels that a file can hold."""
        return {"jpeg": 65_500, "webp": 16_383, "avif": 65_536}.get(self.value, 1 << 30)


class EncodeError(ValueError):
    """A picture that a format cannot hold; says why."""


@dataclass(frozen=True, slots=True)
class EncodeSettings:
    """How a file is made.

    Attributes:
        format: The file format.
        quality: 1..100, of the lossy formats.
        bits: Bits of each channel: 8, or 16 for TIFF and PNG.

    Raises:
        ValueError: if they do not go together.
    """

    format: FileFormat = FileFormat.JPEG
    quality: int = 92
    bits: int = 8

    def __post_init__(self) -> None:
        if not 1 <= self.quality <= 100:
            raise ValueError(f"quality is 1 to 100, not {self.quality}")
        deep = self.format in {FileFormat.TIFF, FileFormat.PNG}
        if self.bits not in ({8, 16} if deep else {8}):
            raise ValueError(f"{self.format.value} does not hold {self.bits} bits")

    @property
    def dtype(self) -> type[np.uint8] | type[np.uint16]:
        """The type of pixels that ``encode`` wants."""
        return np.uint16 if self.bits == 16 else np.uint8


def encode(
    picture: Picture, settings: EncodeSettings, exif: ExifFields | None = None, xmp: bytes | None = None
) -> bytes:
    """Encodes a picture with its profile.

    Args:
        picture: Pixels of the type ``settings.dtype``.
        settings: How.
        exif: What to write about the photo; None for nothing.
        xmp: The XMP packet; None for none.

    Returns:
        The content of the file.

    Raises:
        EncodeError: if the format cannot hold so large a picture.
        ValueError: if the pixels are of another type.
    """
    if picture.pixels.dtype != settings.dtype:
        raise ValueError(f"{settings.bits} bits need other pixels than {picture.pixels.dtype}")
    longest = max(picture.width, picture.height)
    if longest > settings.format.longest_side:
        raise EncodeError(
            f"{settings.format.value} holds at most {settings.format.longest_side} pixels a side, "
            f"not {longest}; export smaller or in another format."
        )
    if settings.format is FileFormat.TIFF:
        return tiff(picture.pixels, picture.profile, exif, xmp)
    if settings.bits == 16:
        block = None if exif is None else exif_bytes(exif)
        return deep_png(picture.pixels, picture.profile, block, xmp)
    return _by_pillow(picture.pixels, picture.profile, settings, exif, xmp)


def _by_pillow(
    pixels: Pixels,
    profile: bytes | None,
    settings: EncodeSettings,
    exif: ExifFields | None,
    xmp: bytes | None,
) -> bytes:
    options: dict[str, object] = {}
    if settings.format.has_quality:
        options["quality"] = settings.quality
    if settings.format is FileFormat.JPEG:
        options["subsampling"] = "4:4:4" if settings.quality >= _BEST_SUBSAMPLED else "4:2:0"
    if settings.format is FileFormat.AVIF:
        options["speed"] = _AVIF_SPEED
    if settings.format is FileFormat.PNG:
        options["compress_level"] = _PNG_LEVEL
    if profile is not None:
        options["icc_profile"] = profile
    if exif is not None:
        options["exif"] = exif_bytes(exif)
    if xmp is not None and settings.format is FileFormat.PNG:
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", xmp.decode())
        options["pnginfo"] = text
    elif xmp is not None:
        options["xmp"] = xmp
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, settings.format.value.upper(), **options)
    return file.getvalue()
