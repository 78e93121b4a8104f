"""Planes, look-ups by roots and the gamut: the same values as the plain formulas give."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from editor.core.curve_table import CurveTable, root_index, scaled_index, whole_index
from editor.core.gamut import fit_gamut
from editor.core.local_base import LocalBase
from editor.core.planes import extremes, merged, plane_of, planes_of
from editor.core.window import Window
from editor.core.working_space import LUMINANCE, Linear

PIXELS = arrays(
    np.float32,
    st.tuples(st.integers(1, 5), st.integers(1, 5), st.just(3)),
    elements=st.floats(-2, 4, width=32, allow_subnormal=False),
)


@settings(deadline=None)
@given(PIXELS, arrays(np.float64, (2, 3), elements=st.floats(-2, 2)))
def test_planes_are_rows_of_a_matrix(linear: Linear, matrix: np.ndarray) -> None:
    expected = linear.astype(np.float64) @ matrix.T
    for index, plane in enumerate(planes_of(linear, matrix)):
        np.testing.assert_allclose(plane, expected[:, :, index], atol=1e-4)
    np.testing.assert_array_equal(merged(planes_of(linear)), linear)
    np.testing.assert_allclose(plane_of(linear, LUMINANCE), linear @ LUMINANCE[0], atol=1e-5)
    largest, smallest = extremes(planes_of(linear))
    np.testing.assert_array_equal(largest, linear.max(axis=2))
    np.testing.assert_array_equal(smallest, linear.min(axis=2))


def test_an_index_is_rounded_and_cut_off_and_below_nothing_is_nothing() -> None:
    values = np.array([[-1.0, -0.0, 0.0, 0.25, 1.0, 9.0, 1e6]], dtype=np.float32)
    assert root_index(values, 65535.0).tolist() == [[0, 0, 0, 32768, 65535, 65535, 65535]]
    assert scaled_index(values, 100.0, 30.0).tolist() == [[0, 30, 30, 55, 130, 930, 65535]]
    levels = np.array([[-3.0, np.nan, 0.4, 0.6, 65534.6, 70000.0, 1e6]], dtype=np.float32)
    assert whole_index(levels).tolist() == [[0, 0, 0, 1, 65535, 65535, 65535]]
    table = CurveTable(lambda linear: linear * 0.5)
    for precise in (False, True):
        for found in (
            table(values, precise=precise),
            table.scaled(values * np.float32(table.scale), precise=precise),
        ):
            np.testing.assert_allclose(found, [[0, 0, 0, 0.125, 0.5, 0.5, 0.5]], atol=2e-5)


@settings(deadline=None)
@given(PIXELS)
def test_colours_inside_a_gamut_stay_and_others_come_nearer(linear: Linear) -> None:
    before = [plane.copy() for plane in planes_of(linear)]
    after = merged(fit_gamut(planes_of(linear), LUMINANCE))
    inside = (linear >= 0).all(axis=2) & (linear <= 1).all(axis=2)
    np.testing.assert_array_equal(after[inside], merged(before)[inside])
    grey = np.clip(linear @ LUMINANCE[0], 0, 1)[:, :, np.newaxis]
    assert (np.abs(after - grey) <= np.abs(linear - grey) + 1e-4).all()
    scaled = merged(fit_gamut(planes_of(linear, np.eye(3) * 1000.0), LUMINANCE, 1000.0))
    np.testing.assert_allclose(scaled, after * 1000.0, atol=0.5)


@pytest.mark.parametrize("window", [Window(0, 0, 40, 30), Window(7, 11, 20, 9), Window(39, 29, 1, 1)])
def test_a_part_of_the_surroundings_is_that_part_of_the_whole(window: Window) -> None:
    random = np.random.default_rng(2)
    found = LocalBase(*random.random((2, 8, 10), dtype=np.float32))
    stops = random.random((30, 40), dtype=np.float32)
    size = (40, 30)
    whole = found.of(stops, Window(0, 0, *size), size)
    rows, columns = window.within(Window(0, 0, *size))
    part = found.of(np.ascontiguousarray(stops[rows, columns]), window, size)
    np.testing.assert_allclose(part, whole[rows, columns], atol=1e-6)
