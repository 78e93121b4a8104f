"""The cut stays within the photo, keeps its ratio and its opposite edge, whatever is dragged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.crop import Crop, turned_size
from editor.panel.crop_geometry import (
    GRIPS,
    LEAST,
    MOVE,
    Cut,
    Grip,
    cut_of,
    dragged,
    farthest,
    fits,
    levelled,
    limited,
    with_cut,
)

FULL = (600, 400)


@st.composite
def crops(draw: st.DrawFn) -> Crop:
    left, top = draw(st.floats(0, 0.5)), draw(st.floats(0, 0.5))
    return Crop(
        left=left,
        top=top,
        right=draw(st.floats(left + 0.2, 1.0)),
        bottom=draw(st.floats(top + 0.2, 1.0)),
        angle=draw(st.floats(-30, 30)),
        quarter_turns=draw(st.integers(0, 3)),
        mirrored=draw(st.booleans()),
    )


moves = st.floats(-500, 500)


@given(crops(), st.sampled_from((*GRIPS, MOVE)), moves, moves, st.sampled_from((None, 1.0, 1.5, 0.5)))
def test_no_drag_leaves_the_photo(
    crop: Crop, grip: Grip, across: float, down: float, ratio: float | None
) -> None:
    start = cut_of(crop, FULL)
    cut = limited(start, grip, dragged(start, grip, across, down, ratio), crop, FULL)
    assert fits(cut, crop, FULL) or cut == start


@given(crops(), moves, moves)
def test_a_move_keeps_the_size(crop: Crop, across: float, down: float) -> None:
    start = cut_of(crop, FULL)
    cut = limited(start, MOVE, dragged(start, MOVE, across, down, None), crop, FULL)
    assert cut.width == pytest.approx(start.width)
    assert cut.height == pytest.approx(start.height)


@given(st.sampled_from(GRIPS), moves, moves)
def test_the_opposite_edge_stays(grip: Grip, across: float, down: float) -> None:
    start = Cut(200, 100, 400, 300)
    cut = dragged(start, grip, across, down, None)
    if grip.across:
        assert (cut.right if grip.across < 0 else cut.left) == (
            start.right if grip.across < 0 else start.left
        )
    if grip.down:
        assert (cut.bottom if grip.down < 0 else cut.top) == (start.bottom if grip.down < 0 else start.top)
    assert cut.width >= LEAST
    assert cut.height >= LEAST


@given(st.sampled_from(GRIPS), moves, moves, st.floats(0.3, 3.0))
def test_a_ratio_is_kept(grip: Grip, across: float, down: float, ratio: float) -> None:
    cut = dragged(Cut(200, 100, 400, 300), grip, across, down, ratio)
    assert cut.width / cut.height == pytest.approx(ratio)


def test_a_corner_goes_exactly_where_it_is_dragged() -> None:
    assert dragged(Cut(0, 0, 600, 400), Grip(-1, -1), 60, 40, None) == Cut(60, 40, 600, 400)


def test_a_move_slides_along_a_border() -> None:
    crop = Crop(0.5, 0.25, 1.0, 0.75)
    start = cut_of(crop, FULL)
    cut = limited(start, MOVE, start.moved(100, 50), crop, FULL)
    assert (cut.left, cut.top) == pytest.approx((300, 150))


def test_the_farthest_fitting_cut_touches_the_border() -> None:
    crop = Crop(0.25, 0.25, 0.75, 0.75)
    start = cut_of(crop, FULL)
    cut = farthest(start, Cut(150, 100, 1050, 300), crop, FULL)
    assert cut.right == pytest.approx(600, abs=0.1)


@given(crops())
def test_the_stored_crop_of_a_cut_renders_that_cut(crop: Crop) -> None:
    start = cut_of(crop, FULL)
    again = cut_of(with_cut(crop, start, FULL), FULL)
    width, height = turned_size(crop, *FULL)
    assert abs(again.left - start.left) <= 1.5
    assert abs(again.width - start.width) <= 2.5
    assert again.right <= width + 1e-6
    assert again.bottom <= height + 1e-6


@pytest.mark.parametrize(
    ("line", "angle"),
    [((100, 0), 0.0), ((100, 10), -5.7), ((100, -10), 5.7), ((10, 100), 5.7), ((-100, -10), -5.7)],
)
def test_a_drawn_line_becomes_level_or_upright(line: tuple[float, float], angle: float) -> None:
    assert levelled(Crop(), *line).angle == pytest.approx(angle)


def test_levelling_adds_to_the_angle_there_is() -> None:
    assert levelled(Crop(angle=2.0), 100, 0).angle == 2.0
