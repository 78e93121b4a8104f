"""The demo shoot's camera: settings that fit what went wrong, written as EXIF into a JPEG."""

import io
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ExifTags import IFD, Base
from PIL.TiffImagePlugin import IFDRational

JPEG_QUALITY = 92

_MAKE = "Framesift"
_MODEL = "Demo camera"
_TURN_CLOCKWISE = 6
"""EXIF orientation of a camera held upright: turn the stored picture clockwise to look at it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a photo was taken: exposure time in seconds, f-number, ISO speed."""

    seconds: float
    f_number: float
    iso: int

    def exposed_by(self, ev: float) -> "Settings":
        """The same with `ev` stops more light, by the exposure time alone."""
        return replace(self, seconds=self.seconds * 2.0**ev)

    def hand_held_too_long(self) -> "Settings":
        """The same exposure with eight times the time: two stops less light, one stop less ISO speed."""
        return Settings(self.seconds * 8, self.f_number * 2, self.iso // 2)


def encode_jpeg(
    upright: NDArray[np.uint8], settings: Settings, taken: datetime, description: str, *, held_upright: bool
) -> bytes:
    """A JPEG file with EXIF.

    Args:
        upright: Picture as it is looked at, shape (H, W, 3), sRGB.
        settings: What the camera was set to.
        taken: Local time of the photo.
        description: Plain ASCII; becomes the ImageDescription.
        held_upright: Stores the picture as a camera held upright does, lying, with an orientation of 6.

    Returns:
        The file's content; the same input gives the same bytes.
    """
    exif = Image.Exif()
    exif[Base.ImageDescription] = description
    exif[Base.Make] = _MAKE
    exif[Base.Model] = _MODEL
    exif[Base.Orientation] = _TURN_CLOCKWISE if held_upright else 1
    exif[Base.DateTime] = _time(taken)
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = _time(taken)
    details[Base.ExposureTime] = _seconds(settings.seconds)
    details[Base.FNumber] = IFDRational(round(settings.f_number * 10), 10)
    details[Base.ISOSpeedRatings] = settings.iso
    picture = Image.fromarray(upright)
    if held_upright:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=JPEG_QUALITY, exif=exif)
    return content.getvalue()


def _time(moment: datetime) -> str:
    return moment.strftime("%Y:%m:%d %H:%M:%S")


def _seconds(seconds: float) -> IFDRational:
    """An exposure time as cameras write it: 1/60, or tenths of a second from 0.3 s on."""
    if seconds < 0.3:
        return IFDRational(1, round(1 / seconds))
    return IFDRational(round(seconds * 10), 10)
