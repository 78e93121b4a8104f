"""Judges sharpness where it counts: on native-scale tiles with texture; takes no decisions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from quality.core.blur_evidence import TileEvidence, evidence_of, sigmoid
from quality.core.coarseness import coarseness
from quality.core.inference import TileModel
from quality.core.preprocess import DECODE_AT_LEAST
from quality.core.streaks import streak_direction
from quality.core.tiles import at_least_a_tile, cut, most_detailed, tile_places

_STREAKS_ABOVE = 0.0
"""Streaks are looked for only where even the sharpest tile is rather soft than sharp, as a logit."""
_MOSTLY_SOFT = 0.95
"""Share of soft tiles from which on a map looks for streaks; the rest may be mistakes."""
_ROW_BATCH = 24
_TOUCHING = 1.2
"""Tiles whose corners are this many sides apart or less are neighbours; rounding moves them a little."""

Progress = Callable[[], None]


@dataclass(frozen=True, slots=True)
class MapTile:
    """One tile of a sharpness map.

    Attributes:
        left: As a share of the picture's width, as are the other three of their side.
        top: Upper border.
        width: Of the tile.
        height: Of the tile.
        soft: Probability that it is not sharp, 0..1; None where it has too little texture to tell.
    """

    left: float
    top: float
    width: float
    height: float
    soft: float | None


@dataclass(frozen=True, slots=True)
class SharpnessMap:
    """The tiles of a whole picture at one scale, row by row, and the sharpest of them if any has texture."""

    tiles: tuple[MapTile, ...]
    sharpest: MapTile | None
    streak: float | None = None

    @property
    def sharp_share(self) -> float:
        """The share of the textured tiles that are sharp, 0..1; 0 where none has texture."""
        known = [tile.soft for tile in self.tiles if tile.soft is not None]
        return sum(soft < 0.5 for soft in known) / len(known) if known else 0.0

    @property
    def sharp_region(self) -> tuple[MapTile, ...]:
        """The most tiles that are sharp and hang together; one alone may be a mistake of the network."""
        remaining = [tile for tile in self.tiles if tile.soft is not None and tile.soft < 0.5]
        largest: list[MapTile] = []
        while remaining:
            region, edge = [remaining[0]], [remaining.pop(0)]
            while edge:
                here = edge.pop()
                near = [tile for tile in remaining if _are_neighbours(here, tile)]
                remaining = [tile for tile in remaining if tile not in near]
                region += near
                edge += near
            largest = max(largest, region, key=len)
        return tuple(largest)


def judge_tiles(model: TileModel, srgb8: NDArray[np.uint8]) -> TileEvidence:
    """What the most detailed textured tiles of a decoded photo say about blur.

    Args:
        model: The network for tiles.
        srgb8: What the scan has decoded, shape (H, W, 3); at least 800 x 600 where the photo is that large.

    Raises:
        ModelError: The network failed.
    """
    contract = model.contract
    picture = at_least_a_tile(scan_scale(srgb8), contract.side)
    places = tile_places(picture, contract.side, contract.side // 2)
    chosen = most_detailed(places, contract.count, contract.side, contract.least_texture)
    tiles = cut(picture, chosen, contract.side)
    logits = [float(logit) for logit in model.run(tiles)]
    is_soft = bool(logits) and min(logits) > _STREAKS_ABOVE
    return evidence_of(
        logits, streak_direction(tiles) if is_soft else None, [coarseness(tile) for tile in tiles]
    )


def scan_scale(srgb8: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture, averaged down by a whole number where a format could only be decoded in full.

    So a PNG is judged at the size at which a scan decodes a JPEG of as many pixels.
    """
    height, width = srgb8.shape[:2]
    factor = min(width // DECODE_AT_LEAST[0], height // DECODE_AT_LEAST[1])
    if factor < 2:
        return srgb8
    size = (width // factor, height // factor)
    return np.asarray(cv2.resize(srgb8, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def reduced_to(srgb8: NDArray[np.uint8], long_side: int) -> NDArray[np.uint8]:
    """The picture as it is delivered at a smaller size: averaged down, never enlarged."""
    height, width = srgb8.shape[:2]
    scale = long_side / max(height, width)
    if scale >= 1:
        return srgb8
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(srgb8, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def map_sharpness(
    model: TileModel, srgb8: NDArray[np.uint8], progress: Progress = lambda: None
) -> SharpnessMap:
    """Judges every textured tile of a picture at its own scale.

    Args:
        model: The network for tiles.
        srgb8: Upright picture, shape (H, W, 3); full size for the map on screen.
        progress: Called now and then; what it raises ends the work.

    Raises:
        ModelError: The network failed.
    """
    side = model.contract.side
    picture = at_least_a_tile(srgb8, side)
    places = tile_places(picture, side, side)
    textured = [place for place in places if place.texture >= model.contract.least_texture]
    logits: dict[tuple[int, int], float] = {}
    for start in range(0, len(textured), _ROW_BATCH):
        progress()
        part = tuple(textured[start : start + _ROW_BATCH])
        for place, logit in zip(part, model.run(cut(picture, part, side)), strict=True):
            logits[place.top, place.left] = float(logit)
    height, width = picture.shape[:2]
    tiles = tuple(
        MapTile(
            place.left / width,
            place.top / height,
            side / width,
            side / height,
            _soft(model, logits.get((place.top, place.left))),
        )
        for place in places
    )
    soft = tuple(place for place in textured if logits[place.top, place.left] > _STREAKS_ABOVE)
    is_soft = bool(textured) and len(soft) >= _MOSTLY_SOFT * len(textured)
    sharpest = _sharpest(tiles)
    return SharpnessMap(
        tiles, sharpest, streak_direction(cut(picture, soft[:_ROW_BATCH], side)) if is_soft else None
    )


def sharp_at(
    model: TileModel, srgb8: NDArray[np.uint8], long_sides: tuple[int, ...]
) -> Iterator[tuple[int, float | None]]:
    """How soft even the sharpest part is at delivery sizes.

    Yields:
        Each long side, and the probability that the sharpest of the most detailed tiles is not sharp
        at that size; None where nothing has enough texture.
    """
    contract = model.contract
    for long_side in long_sides:
        picture = at_least_a_tile(reduced_to(srgb8, long_side), contract.side)
        places = tile_places(picture, contract.side, contract.side // 2)
        chosen = most_detailed(places, contract.count, contract.side, contract.least_texture)
        logits = model.run(cut(picture, chosen, contract.side))
        yield long_side, sigmoid(float(logits.min()) / contract.temperature) if len(logits) else None


def _are_neighbours(one: MapTile, other: MapTile) -> bool:
    """Whether two tiles touch or overlap, also at a corner."""
    across, down = abs(one.left - other.left) / one.width, abs(one.top - other.top) / one.height
    return across < _TOUCHING and down < _TOUCHING


def _sharpest(tiles: tuple[MapTile, ...]) -> MapTile | None:
    """The textured tile that is sharpest together with its neighbours, so that one stray tile is not it."""
    known = [tile for tile in tiles if tile.soft is not None]

    def around(one: MapTile) -> float:
        near = [tile.soft or 0.0 for tile in known if _are_neighbours(one, tile)]
        return (sum(near) / len(near)) + (one.soft or 0.0)

    return min(known, key=around, default=None)


def _soft(model: TileModel, logit: float | None) -> float | None:
    return None if logit is None else sigmoid(logit / model.contract.temperature)
