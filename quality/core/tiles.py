"""Which tiles of a picture are worth judging at native resolution, by measured texture and detail.

It only looks at pixels: the network that judges the tiles is elsewhere.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

TILE_RULE = "texture at a quarter, most detail at half the scale, overlapping at most half"
"""What this module does, in the words of the contract."""

_COARSE = 4
"""Texture is measured on a quarter of the scale, where a defocused photo still has some and fog has none."""
_FINE = 2
_STRONG = 24.0
"""Detail above this many grey levels counts no further, so that one strong edge outweighs no texture."""


@dataclass(frozen=True, slots=True)
class TilePlace:
    """Where a tile lies, in pixels of the picture, and what was measured there.

    Attributes:
        top: First row.
        left: First column.
        texture: Mean absolute contrast of coarse structure in grey levels of 255: is there anything to judge?
        detail: The same of finer structure: where is most of it in focus?
    """

    top: int
    left: int
    texture: float
    detail: float


def tile_places(srgb8: NDArray[np.uint8], side: int, step: int) -> tuple[TilePlace, ...]:
    """All tiles of a grid over a picture, row by row, the last ones flush with its borders.

    Args:
        srgb8: Picture, shape (H, W, 3).
        side: Of a tile in pixels.
        step: From one tile to the next in pixels; half the side makes them overlap by half.

    Returns:
        None where the picture is smaller than a tile.
    """
    height, width = srgb8.shape[:2]
    if height < side or width < side:
        return ()
    texture, detail = _maps(srgb8)
    tops, lefts = _starts(height, side, step), _starts(width, side, step)
    textures = _means(texture, tops, lefts, side, _COARSE)
    details = _means(detail, tops, lefts, side, _FINE)
    return tuple(
        TilePlace(top, left, float(textures[row, column]), float(details[row, column]))
        for row, top in enumerate(tops)
        for column, left in enumerate(lefts)
    )


def most_detailed(
    places: tuple[TilePlace, ...], count: int, side: int, least_texture: float
) -> tuple[TilePlace, ...]:
    """The tiles to judge: enough texture, most detail first, no two overlapping by more than half.

    Args:
        places: From `tile_places`.
        count: How many at most.
        side: Of a tile.
        least_texture: Texture below which nobody can tell sharp from soft.
    """
    chosen: list[TilePlace] = []
    textured = [place for place in places if place.texture >= least_texture]
    for place in sorted(textured, key=lambda place: -place.detail):
        if len(chosen) == count:
            break
        if all(_overlap(place, other, side) <= 0.5 for other in chosen):
            chosen.append(place)
    return tuple(chosen)


def cut(srgb8: NDArray[np.uint8], places: tuple[TilePlace, ...], side: int) -> NDArray[np.float32]:
    """The tiles as the network takes them.

    Returns:
        Shape (N, side, side, 3), float32 in 0..255.
    """
    tiles = np.empty((len(places), side, side, 3), np.float32)
    for tile, place in zip(tiles, places, strict=True):
        tile[:] = srgb8[place.top : place.top + side, place.left : place.left + side]
    return tiles


def at_least_a_tile(srgb8: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """The picture itself, or, where it is smaller than a tile, mirrored at its borders to that size."""
    height, width = srgb8.shape[:2]
    down, across = max(0, side - height), max(0, side - width)
    if not down and not across:
        return srgb8
    border = (down // 2, down - down // 2, across // 2, across - across // 2)
    return np.asarray(cv2.copyMakeBorder(srgb8, *border, cv2.BORDER_REFLECT), dtype=np.uint8)


def _starts(length: int, side: int, step: int) -> tuple[int, ...]:
    last = length - side
    count = -(-last // step) + 1
    return tuple(round(last * place / max(1, count - 1)) for place in range(count))


def _maps(srgb8: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Coarse texture at a quarter and finer detail at half the scale."""
    grey = cv2.cvtColor(srgb8, cv2.COLOR_RGB2GRAY)
    half = _reduced(grey, _FINE)
    quarter = _reduced(half, _COARSE // _FINE)
    fine = cv2.absdiff(half, cv2.GaussianBlur(half, (0, 0), 1.2))
    detail = cv2.threshold(fine, _STRONG, 0.0, cv2.THRESH_TRUNC, dst=fine)[1]
    texture = cv2.absdiff(cv2.GaussianBlur(quarter, (0, 0), 1.0), cv2.GaussianBlur(quarter, (0, 0), 6.0))
    return np.asarray(texture, dtype=np.float32), np.asarray(detail, dtype=np.float32)


def _reduced(grey: NDArray[np.generic], factor: int) -> NDArray[np.float32]:
    rows, columns = max(1, grey.shape[0] // factor), max(1, grey.shape[1] // factor)
    small = cv2.resize(grey, (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32)


def _means(
    values: NDArray[np.float32], tops: tuple[int, ...], lefts: tuple[int, ...], side: int, factor: int
) -> NDArray[np.float64]:
    """Mean over each tile, from values at a reduced scale; shape (tops, lefts)."""
    span = max(1, side // factor)
    strips = [
        cv2.reduce(values[top : top + span], 0, cv2.REDUCE_SUM, dtype=cv2.CV_64F)[0]
        for top in _reduced_starts(tops, span, factor, values.shape[0])
    ]
    sums = np.cumsum(np.pad(strips, ((0, 0), (1, 0))), axis=1)
    first = _reduced_starts(lefts, span, factor, values.shape[1])
    return np.asarray((sums[:, first + span] - sums[:, first]) / (span * span), dtype=np.float64)


def _reduced_starts(starts: tuple[int, ...], span: int, factor: int, length: int) -> NDArray[np.int64]:
    """Where tiles begin on a reduced side of a length, none reaching over its end."""
    return np.minimum(np.array(starts, dtype=np.int64) // factor, length - span)


def _overlap(one: TilePlace, other: TilePlace, side: int) -> float:
    """The share of a tile that another one covers, 0..1."""
    down = max(0, side - abs(one.top - other.top))
    across = max(0, side - abs(one.left - other.left))
    return down * across / (side * side)
