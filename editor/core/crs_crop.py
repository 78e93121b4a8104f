"""The crop of Camera Raw and ours: where the same rectangle lies in the stored and in the upright photo.

Camera Raw gives two opposite corners of the cut as fractions of the photo as it is stored, not upright. With
an angle they are the corners of the rectangle turned about its own centre, in pixels, by so many degrees
clockwise: what it shows is turned the other way. Ours are edges in the upright photo after it was turned
about its centre. It must not know XMP.
"""

from dataclasses import dataclass
from math import cos, radians, sin

from editor.core.crop import Crop
from editor.core.frame import make_frame
from editor.core.orientation import swaps_sides
from editor.core.parameter import ParameterError

Size = tuple[int, int]

_SLACK = 1e-5
_MIRRORED = frozenset({2, 4, 5, 7})
_INVERSE = {6: 8, 8: 6}


@dataclass(frozen=True, slots=True)
class CrsCrop:
    """Camera Raw's numbers.

    Attributes:
        left: Of the first corner, as a fraction of the stored photo's width.
        top: Of the first corner, as a fraction of its height.
        right: Of the opposite corner.
        bottom: Of the opposite corner.
        angle: Degrees.
    """

    left: float
    top: float
    right: float
    bottom: float
    angle: float


@dataclass(frozen=True, slots=True)
class _Cut:
    """A rectangle in a photo: its centre in fractions, half its sides in pixels, and how it is turned."""

    x: float
    y: float
    half_width: float
    half_height: float
    angle: float

    def turned(self, orientation: int) -> "_Cut":
        """The same in the photo turned upright by an EXIF orientation."""
        x, y = _PLACES[orientation](self.x, self.y)
        halves = (self.half_width, self.half_height)
        if swaps_sides(orientation):
            halves = halves[::-1]
        return _Cut(x, y, *halves, -self.angle if orientation in _MIRRORED else self.angle)


_PLACES = {
    1: lambda x, y: (x, y),
    2: lambda x, y: (1.0 - x, y),
    3: lambda x, y: (1.0 - x, 1.0 - y),
    4: lambda x, y: (x, 1.0 - y),
    5: lambda x, y: (y, x),
    6: lambda x, y: (1.0 - y, x),
    7: lambda x, y: (1.0 - y, 1.0 - x),
    8: lambda x, y: (y, 1.0 - x),
}
"""Where a place of the stored photo lies in the upright one, by EXIF orientation; fractions."""


def crop_from_crs(found: CrsCrop, full_size: Size, orientation: int) -> Crop | None:
    """Our crop; None where ours cannot say the same.

    Args:
        found: Camera Raw's.
        full_size: Width and height of the upright photo in pixels.
        orientation: EXIF orientation 1..8 that makes it upright.
    """
    width, height = _stored_size(full_size, orientation)
    across, down = (found.right - found.left) / 2 * width, (found.bottom - found.top) / 2 * height
    c, s = cos(radians(found.angle)), sin(radians(found.angle))
    half = (across * c + down * s, -across * s + down * c)
    x, y = (found.left + found.right) / 2, (found.top + found.bottom) / 2
    cut = _Cut(x, y, *half, found.angle).turned(orientation)
    return _our_crop(cut, full_size) if min(half) > 0 else None


def crop_to_crs(crop: Crop, full_size: Size, orientation: int) -> CrsCrop | None:
    """Camera Raw's crop; None where it cannot say the same: of photos that are turned or mirrored.

    Args:
        crop: Ours.
        full_size: Width and height of the upright photo in pixels.
        orientation: EXIF orientation 1..8 that makes it upright.
    """
    if crop.quarter_turns or crop.mirrored:
        return None
    stored = _cut_of(crop, full_size).turned(_INVERSE.get(orientation, orientation))
    width, height = _stored_size(full_size, orientation)
    c, s = cos(radians(stored.angle)), sin(radians(stored.angle))
    across = (stored.half_width * c - stored.half_height * s) / width
    down = (stored.half_width * s + stored.half_height * c) / height
    if min(across, down) <= 0:
        return None
    return CrsCrop(stored.x - across, stored.y - down, stored.x + across, stored.y + down, stored.angle)


def _cut_of(crop: Crop, full_size: Size) -> _Cut:
    """Where our cut lies in the upright photo; with an angle as it is rendered, pulled in and all."""
    width, height = full_size
    if not crop.angle:
        halves = (crop.right - crop.left) / 2 * width, (crop.bottom - crop.top) / 2 * height
        return _Cut((crop.left + crop.right) / 2, (crop.top + crop.bottom) / 2, *halves, 0.0)
    frame = make_frame(crop, full_size, None)
    half = frame.cut_width / 2, frame.cut_height / 2
    x, y = frame.left + half[0] - width / 2, frame.top + half[1] - height / 2
    c, s = cos(radians(crop.angle)), sin(radians(crop.angle))
    return _Cut((c * x + s * y) / width + 0.5, (-s * x + c * y) / height + 0.5, *half, -crop.angle)


def _our_crop(cut: _Cut, full_size: Size) -> Crop | None:
    width, height = full_size
    angle = -cut.angle
    x, y = (cut.x - 0.5) * width, (cut.y - 0.5) * height
    c, s = cos(radians(angle)), sin(radians(angle))
    middle_x, middle_y = (c * x - s * y) / width + 0.5, (s * x + c * y) / height + 0.5
    across, down = cut.half_width / width, cut.half_height / height
    edges = (middle_x - across, middle_y - down, middle_x + across, middle_y + down)
    if min(edges) < -_SLACK or max(edges) > 1.0 + _SLACK:
        return None
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in edges)
    try:
        return Crop(left, top, right, bottom, angle)
    except ParameterError:
        return None


def _stored_size(full_size: Size, orientation: int) -> Size:
    return (full_size[1], full_size[0]) if swaps_sides(orientation) else full_size
