"""Crop: laws of turning and mirroring, ratios, and rectangles that stay inside a straightened photo."""

from math import cos, radians, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.crop import (
    Crop,
    flipped_over,
    flipped_sideways,
    largest_inner_size,
    turned_clockwise,
    turned_counterclockwise,
    with_ratio,
)
from editor.core.frame import make_frame
from editor.core.parameter import ParameterError
from editor.core.pixels import Picture
from editor.core.recipe import Recipe
from editor.core.render import render

SIZES = st.tuples(st.integers(20, 6000), st.integers(20, 6000))


@st.composite
def crops(draw: st.DrawFn, angle: bool = True) -> Crop:
    """Any crop of a hundredth of the photo or more."""
    edges = [draw(st.integers(0, 900_000)) for _ in range(2)]
    ends = [draw(st.integers(edge + 100_000, 1_000_000)) for edge in edges]
    return Crop(
        edges[0] / 1e6,
        edges[1] / 1e6,
        ends[0] / 1e6,
        ends[1] / 1e6,
        draw(st.integers(-450, 450)) / 10 if angle else 0.0,
        draw(st.integers(0, 3)),
        draw(st.booleans()),
    )


@settings(deadline=None)
@given(crops())
def test_turning_and_mirroring_come_back(crop: Crop) -> None:
    turned = crop
    for _ in range(4):
        turned = turned_clockwise(turned)
    assert turned == crop
    assert turned_counterclockwise(turned_clockwise(crop)) == crop
    assert flipped_sideways(flipped_sideways(crop)) == crop
    assert flipped_over(flipped_over(crop)) == crop
    assert flipped_over(flipped_sideways(crop)) == turned_clockwise(turned_clockwise(crop))


@settings(deadline=None)
@given(crops(angle=False))
def test_turning_turns_what_is_seen(crop: Crop) -> None:
    random = np.random.default_rng(5)
    pixels = random.integers(0, 256, (60, 90, 3)).astype(np.uint8)
    picture = Picture(pixels, None, 90, 60)
    seen = render(picture, Recipe(crop)).pixels
    np.testing.assert_array_equal(render(picture, Recipe(flipped_sideways(crop))).pixels.shape, seen.shape)
    whole = crop.with_(left=0, top=0, right=1, bottom=1)
    seen = render(picture, Recipe(whole)).pixels
    for change, expected in (
        (turned_clockwise, np.rot90(seen, -1)),
        (flipped_sideways, seen[:, ::-1]),
        (flipped_over, seen[::-1]),
    ):
        np.testing.assert_array_equal(render(picture, Recipe(change(whole))).pixels, expected)


@settings(deadline=None)
@given(crops(), SIZES)
def test_every_corner_of_a_straightened_cut_lies_in_the_photo(crop: Crop, size: tuple[int, int]) -> None:
    frame = make_frame(crop, size, None)
    places = frame.to_photo() @ np.array(
        [[0, frame.width, 0, frame.width], [0, 0, frame.height, frame.height], [1, 1, 1, 1]]
    )
    slack = 1.0 if min(frame.width, frame.height) == 1 else 1e-6
    assert places.min() >= -slack
    assert places[0].max() <= frame.turned_width + slack
    assert places[1].max() <= frame.turned_height + slack


@settings(deadline=None)
@given(st.integers(-450, 450), SIZES)
def test_straightening_an_uncut_photo_takes_the_largest_rectangle_of_its_ratio(
    tenths: int, size: tuple[int, int]
) -> None:
    angle = tenths / 10
    frame = make_frame(Crop(angle=angle), size, None)
    width, height = largest_inner_size(*size, angle, size[0] / size[1])
    assert frame.cut_width == pytest.approx(width, abs=1.01)
    assert frame.cut_height == pytest.approx(height, abs=1.01)


@settings(deadline=None)
@given(st.floats(-90, 90), st.floats(1, 100), st.floats(1, 100), st.floats(0.1, 10))
def test_the_largest_inner_rectangle_touches_and_does_not_leave(
    angle: float, width: float, height: float, ratio: float
) -> None:
    inner = largest_inner_size(width, height, angle, ratio)
    c, s = abs(cos(radians(angle))), abs(sin(radians(angle)))
    across, down = inner[0] * c + inner[1] * s, inner[0] * s + inner[1] * c
    assert across <= width * (1 + 1e-9)
    assert down <= height * (1 + 1e-9)
    assert across == pytest.approx(width) or down == pytest.approx(height)
    assert inner[0] / inner[1] == pytest.approx(ratio)


@settings(deadline=None)
@given(crops(angle=False), st.sampled_from([1.0, 3 / 2, 2 / 3, 16 / 9]), SIZES)
def test_a_ratio_is_met_within_the_edges(crop: Crop, ratio: float, size: tuple[int, int]) -> None:
    cut = with_ratio(crop, ratio, *size)
    assert crop.left - 1e-6 <= cut.left < cut.right <= crop.right + 1e-6
    assert crop.top - 1e-6 <= cut.top < cut.bottom <= crop.bottom + 1e-6
    width, height = (size[1], size[0]) if crop.quarter_turns % 2 else size
    across, down = (cut.right - cut.left) * width, (cut.bottom - cut.top) * height
    assert across == pytest.approx(down * ratio, rel=1e-3, abs=0.02)


@pytest.mark.parametrize("ratio", [0.0, -1.0, float("nan")])
def test_a_ratio_is_above_nothing(ratio: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        with_ratio(Crop(), ratio, 3, 2)


def test_a_cut_without_an_angle_is_exactly_those_pixels() -> None:
    pixels = np.arange(40 * 60 * 3, dtype=np.uint16).reshape(40, 60, 3)
    found = render(Picture(pixels, b"kept", 60, 40), Recipe(Crop(0.1, 0.25, 0.5, 0.75)))
    np.testing.assert_array_equal(found.pixels, pixels[10:30, 6:30])
    assert (found.profile, found.full_width, found.full_height) == (b"kept", 24, 20)


def test_a_clockwise_angle_turns_the_picture_clockwise() -> None:
    pixels = np.zeros((101, 101, 3), dtype=np.uint8)
    pixels[20:81, 49:52] = 255  # an upright line
    found = render(Picture(pixels, None, 101, 101), Recipe(Crop(angle=10))).pixels[:, :, 0]
    rows, columns = np.nonzero(found > 128)
    assert np.polyfit(rows, columns, 1)[0] == pytest.approx(-np.tan(np.radians(10)), abs=0.01)


@pytest.mark.parametrize("edges", [(0.5, 0, 0.5, 1), (0, 0.6, 1, 0.5), (0.5, 0, 0.5 + 1e-7, 1)])
def test_edges_that_leave_nothing_are_refused(edges: tuple[float, ...]) -> None:
    with pytest.raises(ParameterError):
        Crop(*edges)  # type: ignore[arg-type]
