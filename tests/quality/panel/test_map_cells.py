"""Cells of a sharpness map: they share what tiles cover twice, and leave nothing out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from quality.core.sharpness import MapTile
from quality.panel.map_cells import map_cells


def _grid(rows: int, columns: int, height: float, width: float) -> list[MapTile]:
    """Tiles of one size, spread evenly from border to border as the map's are."""
    tops = [(1 - height) * row / max(1, rows - 1) for row in range(rows)]
    lefts = [(1 - width) * column / max(1, columns - 1) for column in range(columns)]
    return [MapTile(left, top, width, height, 0.5) for top in tops for left in lefts]


def test_half_of_what_two_tiles_cover_belongs_to_each() -> None:
    left, right = (MapTile(start, 0.0, 0.6, 1.0, None) for start in (0.0, 0.4))
    cells = map_cells([left, right])
    assert (cells[left].left(), cells[left].right()) == pytest.approx((0.0, 0.5))
    assert (cells[right].left(), cells[right].right()) == pytest.approx((0.5, 1.0))


def test_nothing_has_no_cells() -> None:
    assert map_cells([]) == {}


@given(st.integers(1, 6), st.integers(1, 6), st.floats(0.0, 1.0))
def test_cells_cover_the_picture_once(rows: int, columns: int, overlap: float) -> None:
    # A lone tile spans the picture; several reach from border to border, overlapping more or less.
    height = 1.0 if rows == 1 else (1 + overlap) / (rows + overlap)
    width = 1.0 if columns == 1 else (1 + overlap) / (columns + overlap)
    cells = map_cells(_grid(rows, columns, height, width))
    assert sum(cell.width() * cell.height() for cell in cells.values()) == pytest.approx(1.0)
    for tile, cell in cells.items():
        assert cell.contains(QPointF(tile.left + tile.width / 2, tile.top + tile.height / 2))
    edges = sorted({round(cell.left(), 9) for cell in cells.values()})
    assert len(edges) == columns
