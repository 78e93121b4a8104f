"""Decodes a JPEG that Pillow has opened, reduced where that keeps what was asked for.

It must not open files: whole photos and the previews inside RAW files come here alike.
"""

from PIL import Image, ImageFile

from editor.core.orientation import swaps_sides, turn_upright
from editor.core.pixels import Picture
from editor.core.rgb_pixels import rgb_pixels

JPEG_FORMATS = frozenset({"JPEG", "MPO"})
"""What Pillow calls a JPEG."""

_READ_BYTES = 1 << 24
"""How much the codec gets at once: a whole photo, as a rule, instead of a hundred parts of it."""

_REDUCTIONS = (4, 2)  # never 8: at 1/8 a third of the fine detail is lost


def decode_jpeg(image: Image.Image, at_least: tuple[int, int] | None, orientation: int) -> Picture:
    """Decodes an opened JPEG upright.

    Args:
        image: A JPEG, not loaded yet.
        at_least: Width and height of the upright picture that a reduced decode keeps; None for full size.
        orientation: EXIF orientation 1..8 to turn it by.

    Raises:
        Exception: whatever Pillow raises on a damaged file.
    """
    width, height = image.size
    if at_least is not None:
        stored = (at_least[1], at_least[0]) if swaps_sides(orientation) else at_least
        reduction = coarsest_reduction(image.size, stored)
        image.draft(None, (max(1, width // reduction), max(1, height // reduction)))
    if isinstance(image, ImageFile.ImageFile):
        image.decodermaxblock = _READ_BYTES
    image.load()
    pixels, profile = rgb_pixels(image)
    full = (height, width) if swaps_sides(orientation) else (width, height)
    return Picture(turn_upright(pixels, orientation), profile, *full)


def coarsest_reduction(size: tuple[int, int], at_least: tuple[int, int]) -> int:
    """The coarsest of 4, 2 and 1 that keeps both sides; a reduced side is rounded up."""
    for reduction in _REDUCTIONS:
        if all(
            side >= reduction and -(-side // reduction) >= least
            for side, least in zip(size, at_least, strict=True)
        ):
            return reduction
    return 1
