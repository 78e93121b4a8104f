"""The random draws of the KADIS protocol: code, level and angle of one picture, and what they do to it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training import distortions, light

Bytes = NDArray[np.uint8]

KADIS_LEVELS = {2: (2, 3, 4), 3: (4, 5), 16: (4, 5), 17: (4, 5)}
"""Visible levels of each KADIS code."""
TONE_CURVES = (16, 17)
"""Codes that brighten or darken; each has two visible levels."""
KADIS_LABELS = {
    0: (0.0, 0.0, 0.0),
    2: (1.0, 0.0, 0.0),
    3: (1.0, 0.0, 0.0),
    16: (0.0, 0.0, 1.0),
    17: (0.0, 1.0, 0.0),
}
"""Labels blur, under, over of each KADIS code; 0 is pristine."""
KADIS_QUALITY = 95
"""JPEG quality of the protocol."""


class KadisDraw(NamedTuple):
    """What the KADIS protocol does to one picture; `kind` 0 leaves it as it is."""

    kind: int
    level: int
    angle: float


def draw_kadis(
    random: np.random.Generator,
    pristine_share: float = 0.0,
    darken_share: float = 0.25,
    milder_share: float = 0.5,
) -> KadisDraw:
    """Draws code and level: allowed levels equally likely unless told otherwise, any angle.

    Args:
        random: Source of every draw.
        pristine_share: Chance that the picture stays as it is.
        darken_share: Chance of code 17 otherwise; the other three are equally likely.
        milder_share: Chance of the milder of the two levels of a tone curve (codes 16 and 17).
    """
    if random.random() < pristine_share:
        return KadisDraw(0, 0, 0.0)
    kinds = list(KADIS_LEVELS)
    rest = (1 - darken_share) / 3
    # Equal chances are drawn without naming them, as the pictures of the protocol always were.
    chances = None if darken_share == rest else [rest, rest, rest, darken_share]
    kind = int(random.choice(kinds, p=chances))
    levels = KADIS_LEVELS[kind]
    is_curve = kind in TONE_CURVES and milder_share != 0.5
    level = int(random.choice(levels, p=[milder_share, 1 - milder_share] if is_curve else None))
    return KadisDraw(kind, level, float(random.uniform(0, 180)))


def kadis_picture(frame: Bytes, draw: KadisDraw) -> Bytes:
    """Applies a KADIS draw; a pristine frame stays as it is."""
    if not draw.kind:
        return frame
    encoded = (frame / np.float32(255)).astype(np.float32)
    return light.to_bytes(distortions.kadis(encoded, draw.kind, draw.level, draw.angle))
