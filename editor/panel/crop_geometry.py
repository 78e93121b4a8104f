"""The cut while it is dragged: rectangles in pixels of the turned photo that stay within it; no Qt.

Places lie in the straightened picture, which has the size and the centre of the turned photo.
"""

from dataclasses import dataclass, replace
from math import atan2, cos, degrees, radians, sin

from editor.core.crop import ANGLE, Crop, turned_size
from editor.core.frame import make_frame

LEAST = 16.0
"""Shortest side that a drag leaves, in pixels of the full size."""

_STEPS = 24
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Cut:
    """A rectangle.

    Attributes:
        left: Left edge; ``top``, ``right`` and ``bottom`` likewise.
        top: Top edge.
        right: Right edge.
        bottom: Bottom edge.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in pixels."""
        return self.bottom - self.top

    def moved(self, across: float, down: float) -> "Cut":
        """The same rectangle elsewhere."""
        return Cut(self.left + across, self.top + down, self.right + across, self.bottom + down)


@dataclass(frozen=True, slots=True)
class Grip:
    """What is dragged: -1 the left or top edge, 1 the right or bottom one, 0 neither; 0, 0 moves all."""

    across: int
    down: int


GRIPS = tuple(Grip(across, down) for down in (-1, 0, 1) for across in (-1, 0, 1) if across or down)
MOVE = Grip(0, 0)


def cut_of(crop: Crop, full: tuple[int, int]) -> Cut:
    """The cut that a rendering takes: pulled in where straightening leaves no room.

    Args:
        crop: Stored parameters.
        full: Width and height of the upright photo.
    """
    frame = make_frame(crop, full, None)
    return Cut(frame.left, frame.top, frame.left + frame.cut_width, frame.top + frame.cut_height)


def with_cut(crop: Crop, cut: Cut, full: tuple[int, int]) -> Crop:
    """The crop with these edges, within the picture."""
    width, height = turned_size(crop, *full)
    left, top = max(0.0, cut.left / width), max(0.0, cut.top / height)
    right, bottom = min(1.0, cut.right / width), min(1.0, cut.bottom / height)
    return crop.with_(left=left, top=top, right=max(right, left + 1e-5), bottom=max(bottom, top + 1e-5))


def fits(cut: Cut, crop: Crop, full: tuple[int, int]) -> bool:
    """Whether all corners lie within the straightened photo and the picture."""
    width, height = turned_size(crop, *full)
    if min(cut.left, cut.top) < -_SLACK or cut.right > width + _SLACK or cut.bottom > height + _SLACK:
        return False
    c, s = cos(radians(crop.angle)), sin(radians(crop.angle))
    for x in (cut.left - width / 2, cut.right - width / 2):
        for y in (cut.top - height / 2, cut.bottom - height / 2):
            back_x, back_y = c * x + s * y, -s * x + c * y
            if abs(back_x) > width / 2 + _SLACK or abs(back_y) > height / 2 + _SLACK:
                return False
    return True


def farthest(start: Cut, wanted: Cut, crop: Crop, full: tuple[int, int]) -> Cut:
    """The last rectangle on the way from one that fits to a wanted one that fits as well."""
    if fits(wanted, crop, full):
        return wanted
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(_between(start, wanted, middle), crop, full) else (low, middle)
    return _between(start, wanted, low)


def dragged(start: Cut, grip: Grip, across: float, down: float, ratio: float | None) -> Cut:
    """A rectangle after one of its grips was dragged; the opposite edge or corner stays.

    Args:
        start: Where the drag began.
        grip: What is dragged.
        across: How far to the right, in pixels.
        down: How far down.
        ratio: Width by height to keep; None leaves both sides free.
    """
    if grip == MOVE:
        return start.moved(across, down)
    cut = replace(
        start,
        left=min(start.left + across, start.right - LEAST) if grip.across < 0 else start.left,
        right=max(start.right + across, start.left + LEAST) if grip.across > 0 else start.right,
        top=min(start.top + down, start.bottom - LEAST) if grip.down < 0 else start.top,
        bottom=max(start.bottom + down, start.top + LEAST) if grip.down > 0 else start.bottom,
    )
    return cut if ratio is None else _with_ratio(cut, grip, ratio)


def limited(start: Cut, grip: Grip, wanted: Cut, crop: Crop, full: tuple[int, int]) -> Cut:
    """The wanted rectangle as far as there is room; a move slides along a border instead of stopping."""
    if grip != MOVE:
        return farthest(start, wanted, crop, full)
    across = farthest(start, start.moved(wanted.left - start.left, 0), crop, full)
    return farthest(across, across.moved(0, wanted.top - start.top), crop, full)


def levelled(crop: Crop, across: float, down: float) -> Crop:
    """Straightens so that a line drawn in the straightened picture becomes level or upright.

    Args:
        crop: The crop so far.
        across: Length of the line to the right, in pixels.
        down: Its length down.
    """
    tilt = degrees(atan2(down, across))
    tilt = (tilt + 45.0) % 90.0 - 45.0
    return crop.with_(angle=ANGLE.clamp(round(crop.angle - tilt, ANGLE.decimals)))


def keeps_ratio(crop: Crop, full: tuple[int, int], ratio: float) -> Crop:
    """The largest crop of a ratio about the middle of the present cut that fits."""
    start = cut_of(crop, full)
    middle_x, middle_y = (start.left + start.right) / 2, (start.top + start.bottom) / 2
    tiny = Cut(middle_x - ratio / 2, middle_y - 0.5, middle_x + ratio / 2, middle_y + 0.5)
    width, height = turned_size(crop, *full)
    half = max(width, height)
    huge = Cut(middle_x - half * ratio, middle_y - half, middle_x + half * ratio, middle_y + half)
    return with_cut(crop, farthest(tiny, huge, crop, full), full)


def _between(start: Cut, end: Cut, share: float) -> Cut:
    return Cut(
        start.left + (end.left - start.left) * share,
        start.top + (end.top - start.top) * share,
        start.right + (end.right - start.right) * share,
        start.bottom + (end.bottom - start.bottom) * share,
    )


def _with_ratio(cut: Cut, grip: Grip, ratio: float) -> Cut:
    """The other side follows; from an edge alone the rectangle grows about its middle."""
    if grip.across and (not grip.down or cut.width / ratio >= cut.height):
        width, height = cut.width, cut.width / ratio
    else:
        width, height = cut.height * ratio, cut.height
    left = cut.right - width if grip.across < 0 else cut.left
    top = cut.bottom - height if grip.down < 0 else cut.top
    if not grip.across:
        left = (cut.left + cut.right - width) / 2
    if not grip.down:
        top = (cut.top + cut.bottom - height) / 2
    return Cut(left, top, left + width, top + height)
