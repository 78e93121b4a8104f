"""Crop: edges, straightening, quarter turns and mirroring, as stored numbers and what they mean.

It must not touch pixels: ``frame`` turns the numbers into places, ``source`` fetches the pixels.
"""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import ClassVar

from editor.core.operation import Operation
from editor.core.parameter import Parameter, ParameterError

_EDGE_DECIMALS = 6


def _edge(name: str, default: float) -> Parameter:
    return Parameter(name, "", default, 0.0, 1.0, 0.0, 1.0, 0.001, 3)


ANGLE = Parameter("angle", "°", 0.0, -45.0, 45.0, -15.0, 15.0, 0.1, 1)
QUARTER_TURNS = Parameter("quarter_turns", "", 0.0, 0.0, 3.0, 0.0, 3.0, 1.0, 0)

RATIOS: tuple[tuple[int, int], ...] = ((1, 1), (5, 4), (4, 3), (3, 2), (16, 10), (16, 9), (2, 1))
"""The ratios that are offered, width to height; each may be turned."""


@dataclass(frozen=True, slots=True)
class Crop(Operation):
    """Stored parameters, in the order in which they apply: turn, mirror, straighten, cut.

    Attributes:
        left: Edge as a fraction of the turned picture's width, kept to a millionth.
        top: Edge as a fraction of its height.
        right: Edge beyond ``left``.
        bottom: Edge beyond ``top``.
        angle: Straightening in degrees, above 0 clockwise, about the centre. Corners that would fall
            outside the turned picture pull the whole cut in towards its centre; see ``frame``.
        quarter_turns: 0..3 quarters of a turn clockwise.
        mirrored: Whether left and right are exchanged after the turns.

    Raises:
        ParameterError: if a value is beyond its limits or the edges leave nothing.
    """

    NAME: ClassVar[str] = "crop"
    PARAMETERS: ClassVar[tuple[Parameter, ...]] = (
        _edge("left", 0.0),
        _edge("top", 0.0),
        _edge("right", 1.0),
        _edge("bottom", 1.0),
        ANGLE,
        QUARTER_TURNS,
    )

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0
    angle: float = 0.0
    quarter_turns: float = 0
    mirrored: bool = False

    def __post_init__(self) -> None:
        Operation.__post_init__(self)
        for name in ("left", "top", "right", "bottom"):
            object.__setattr__(self, name, round(getattr(self, name), _EDGE_DECIMALS))
        if self.quarter_turns != int(self.quarter_turns):
            raise ParameterError("quarter_turns", "must be a whole number.")
        object.__setattr__(self, "quarter_turns", int(self.quarter_turns))
        if not isinstance(self.mirrored, bool):
            raise ParameterError("mirrored", f"must be true or false, not {self.mirrored!r}.")
        if self.left >= self.right:
            raise ParameterError("right", "must lie beyond the left edge.")
        if self.top >= self.bottom:
            raise ParameterError("bottom", "must lie beyond the top edge.")


def _flipped(edge: float) -> float:
    return round(1.0 - edge, _EDGE_DECIMALS)


def turned_clockwise(crop: Crop) -> Crop:
    """The crop after a quarter turn of what the photographer sees; four of them change nothing."""
    return crop.with_(
        left=_flipped(crop.bottom),
        top=crop.left,
        right=_flipped(crop.top),
        bottom=crop.right,
        quarter_turns=(crop.quarter_turns + (3 if crop.mirrored else 1)) % 4,
    )


def turned_counterclockwise(crop: Crop) -> Crop:
    """Undoes ``turned_clockwise``."""
    return turned_clockwise(turned_clockwise(turned_clockwise(crop)))


def flipped_sideways(crop: Crop) -> Crop:
    """The crop after left and right of what the photographer sees were exchanged."""
    return crop.with_(
        left=_flipped(crop.right), right=_flipped(crop.left), angle=-crop.angle, mirrored=not crop.mirrored
    )


def flipped_over(crop: Crop) -> Crop:
    """The crop after top and bottom of what the photographer sees were exchanged."""
    return turned_clockwise(turned_clockwise(flipped_sideways(crop)))


def turned_size(crop: Crop, full_width: int, full_height: int) -> tuple[int, int]:
    """Width and height of the upright photo after its quarter turns."""
    return (full_height, full_width) if crop.quarter_turns % 2 else (full_width, full_height)


def with_ratio(crop: Crop, ratio: float, full_width: int, full_height: int) -> Crop:
    """The largest crop of a ratio within the present edges and about their centre.

    Args:
        crop: The crop so far.
        ratio: Width by height in pixels, above 0.
        full_width: Width of the upright photo in pixels.
        full_height: Height of the upright photo in pixels.

    Raises:
        ValueError: if the ratio is not above 0.
    """
    if not ratio > 0.0:
        raise ValueError(f"a ratio is above 0, not {ratio}")
    width, height = turned_size(crop, full_width, full_height)
    across, down = (crop.right - crop.left) * width, (crop.bottom - crop.top) * height
    half_across = min(across, down * ratio) / width / 2
    half_down = min(down, across / ratio) / height / 2
    middle, centre = (crop.left + crop.right) / 2, (crop.top + crop.bottom) / 2
    return crop.with_(
        left=max(0.0, middle - half_across),
        right=min(1.0, middle + half_across),
        top=max(0.0, centre - half_down),
        bottom=min(1.0, centre + half_down),
    )


def largest_inner_size(width: float, height: float, angle: float, ratio: float) -> tuple[float, float]:
    """The largest upright rectangle of a ratio inside a rectangle turned about the same centre.

    Args:
        width: Of the turned rectangle, above 0.
        height: Of the turned rectangle, above 0.
        angle: In degrees, -90..90.
        ratio: Width by height of the inner rectangle.

    Returns:
        Its width and height. Its corner, turned back, must lie within both half sides; whichever is met
        first sets the size.
    """
    c, s = abs(cos(radians(angle))), abs(sin(radians(angle)))
    inner_height = min(width / (ratio * c + s), height / (ratio * s + c))
    return ratio * inner_height, inner_height
