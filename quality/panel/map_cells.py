"""Where the tiles of a sharpness map are painted: beside each other, however far they overlap."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF

from quality.core.sharpness import MapTile


def map_cells(tiles: Iterable[MapTile]) -> dict[MapTile, QRectF]:
    """A cell for every tile of a grid; neighbours share what both of them cover half and half.

    Tiles overlap because their size is fixed and the picture's isn't: painted as they lie, the frames of a
    small photo would cross.

    Args:
        tiles: Of one map, all of one size.

    Returns:
        Rectangles in shares of the picture's width and height; together they cover what the tiles cover.
    """
    tiles = tuple(tiles)
    if not tiles:
        return {}
    across = _spans(sorted({tile.left for tile in tiles}), tiles[0].width)
    down = _spans(sorted({tile.top for tile in tiles}), tiles[0].height)
    return {
        tile: QRectF(
            across[tile.left][0],
            down[tile.top][0],
            across[tile.left][1] - across[tile.left][0],
            down[tile.top][1] - down[tile.top][0],
        )
        for tile in tiles
    }


def _spans(starts: Sequence[float], extent: float) -> dict[float, tuple[float, float]]:
    """For each start of a tile where its cell begins and ends."""
    borders = [(one + other + extent) / 2 for one, other in pairwise(starts)]
    edges = [starts[0], *borders, starts[-1] + extent]
    return dict(zip(starts, pairwise(edges), strict=True))
