"""Where the photo lies in what LibRaw develops, and how it is turned upright: plain arithmetic."""

from dataclasses import dataclass

from rawpy import ImageSizes

from editor.core.orientation import swaps_sides, turn_upright
from editor.core.pixels import Pixels

_ORIENTATIONS = {0: 1, 1: 2, 2: 4, 3: 3, 4: 5, 5: 8, 6: 6, 7: 7}
"""EXIF orientation of dcraw's flips, whose bits are mirror, upside down and exchange of sides."""


@dataclass(frozen=True, slots=True)
class RawFrame:
    """The part of the developed pixels that the camera itself shows as the photo.

    Attributes:
        left: Column of its left edge among the developed pixels, before they are turned.
        top: Row of its upper edge.
        width: Its columns.
        height: Its rows.
        developed: Columns and rows of all that is developed.
        orientation: EXIF orientation 1..8.
    """

    left: int
    top: int
    width: int
    height: int
    developed: tuple[int, int]
    orientation: int

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height of the upright photo in full."""
        return (self.height, self.width) if swaps_sides(self.orientation) else (self.width, self.height)

    def upright(self, developed: Pixels) -> Pixels:
        """Cuts the photo out of developed pixels, in full or at half size, and turns it upright.

        Pixels of another shape, as of sensors with diagonal rows, are only turned.
        """
        rows, columns = developed.shape[:2]
        for scale in (1, 2):
            if (columns, rows) == tuple(-(-side // scale) for side in self.developed):
                top, left = self.top // scale, self.left // scale
                height, width = max(1, self.height // scale), max(1, self.width // scale)
                developed = developed[top : top + height, left : left + width]
                break
        return turn_upright(developed, self.orientation)


def raw_frame(sizes: ImageSizes) -> RawFrame:
    """The frame that the camera's maker recorded, or all there is where it makes no sense.

    Args:
        sizes: What LibRaw says of an opened file.
    """
    orientation = _ORIENTATIONS.get(sizes.flip, 1)
    width, height = _stretched(sizes)
    left, top = sizes.crop_left_margin - sizes.left_margin, sizes.crop_top_margin - sizes.top_margin
    sane = (
        sizes.pixel_aspect == 1.0
        and left >= 0
        and top >= 0
        and left + sizes.crop_width <= width < 2 * sizes.crop_width
        and top + sizes.crop_height <= height < 2 * sizes.crop_height
    )
    if not sane:
        return RawFrame(0, 0, width, height, (width, height), orientation)
    return RawFrame(left, top, sizes.crop_width, sizes.crop_height, (width, height), orientation)


def _stretched(sizes: ImageSizes) -> tuple[int, int]:
    """Columns and rows once pixels that are not square have been made square, as LibRaw does it."""
    aspect = sizes.pixel_aspect
    if 0 < aspect < 0.995:
        return sizes.width, int(sizes.height / aspect + 0.5)
    if aspect > 1.005:
        return int(sizes.width * aspect + 0.5), sizes.height
    return sizes.width, sizes.height
