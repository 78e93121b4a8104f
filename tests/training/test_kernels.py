"""Each blur kernel by value: area, coverage, symmetry, direction, centre of gravity, sum."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from training.distortions import DISK_RADII, LINE_LENGTHS
from training.kernels import disk_kernel, line_kernel, path_kernel, polygon_kernel


def _centre(kernel: NDArray[np.float32]) -> tuple[float, float]:
    side = np.arange(len(kernel)) - len(kernel) // 2
    return float(kernel.sum(axis=0) @ side), float(kernel.sum(axis=1) @ side)


@pytest.mark.parametrize("radius", [*DISK_RADII, 1.5, 3.3, 9.7])
def test_the_disk_covers_pi_r_squared(radius: float) -> None:
    kernel = disk_kernel(radius)
    assert 1 / kernel.max() == pytest.approx(math.pi * radius**2, rel=0.015)
    assert kernel.shape == (2 * math.ceil(radius) + 1,) * 2


def test_the_disk_of_radius_one_by_hand() -> None:
    kernel = disk_kernel(1.0)
    # A circle of radius 1 holds the middle pixel, 0.457 of each neighbour and little of the corners.
    # The share of a neighbour: the circle's half width sqrt(1 - x^2), less one half, for |x| below one half.
    area = math.sqrt(0.75) / 2 + math.asin(0.5) - 0.5
    assert kernel[0, 1] / kernel[1, 1] == pytest.approx(area, abs=0.02)
    assert kernel[0, 0] / kernel[1, 1] == pytest.approx((math.pi - 1 - 4 * area) / 4, abs=0.02)


@pytest.mark.parametrize("radius", DISK_RADII)
def test_the_disk_is_symmetric(radius: float) -> None:
    kernel = disk_kernel(radius)
    np.testing.assert_allclose(kernel, kernel.T)
    np.testing.assert_allclose(kernel, kernel[::-1])


def test_a_polygon_lies_between_its_own_circles() -> None:
    inner, outer = disk_kernel(6.0 * (0.5 + 0.5 * math.cos(math.pi / 6))), disk_kernel(6.0)
    area = 1 / polygon_kernel(6.0, 6, 0.3).max()
    assert 1 / inner.max() < area < 1 / outer.max()


def test_a_line_of_length_one_changes_nothing() -> None:
    kernel = line_kernel(1.0, 33.0)
    assert kernel[1, 1] == 1.0
    assert kernel.sum() == 1.0


def test_a_level_line_by_hand() -> None:
    kernel = line_kernel(5.0, 0.0)
    np.testing.assert_allclose(kernel[3], [0, 0.2, 0.2, 0.2, 0.2, 0.2, 0], atol=1e-6)
    assert kernel.sum() == pytest.approx(kernel[3].sum())


@pytest.mark.parametrize("length", LINE_LENGTHS)
def test_an_upright_line_is_a_level_one_turned(length: float) -> None:
    np.testing.assert_allclose(line_kernel(length, 90.0), line_kernel(length, 0.0).T, atol=1e-6)


def test_a_diagonal_line_rises_to_the_right() -> None:
    kernel = line_kernel(10.0, 45.0)
    np.testing.assert_allclose(kernel, kernel[::-1, ::-1].T[::-1, ::-1], atol=1e-6)
    np.testing.assert_allclose(kernel, kernel[::-1, ::-1], atol=1e-6)
    assert np.diag(kernel[::-1]).sum() > 3 * np.diag(kernel).sum()


def test_a_straight_path_is_a_line() -> None:
    steps = np.linspace(-4.5, 4.5, 901)
    kernel = path_kernel(np.stack([steps, np.zeros_like(steps)], axis=1))
    middle = kernel[len(kernel) // 2]
    assert middle.sum() == pytest.approx(1.0, abs=1e-6)
    assert middle[middle > 0.09].size == 9


@given(
    st.lists(st.tuples(st.floats(-30, 30), st.floats(-30, 30)), min_size=1, max_size=40),
)
def test_a_path_is_centred_and_sums_to_one(points: list[tuple[float, float]]) -> None:
    kernel = path_kernel(np.array(points, dtype=np.float64))
    assert kernel.sum() == pytest.approx(1.0, abs=1e-5)
    assert kernel.min() >= 0
    assert _centre(kernel) == pytest.approx((0.0, 0.0), abs=1e-3)


@given(st.floats(1, 30), st.floats(0, 180))
def test_every_line_is_centred_and_sums_to_one(length: float, angle: float) -> None:
    kernel = line_kernel(length, angle)
    assert kernel.sum() == pytest.approx(1.0, abs=1e-5)
    assert _centre(kernel) == pytest.approx((0.0, 0.0), abs=1e-4)


@given(st.floats(0.6, 12), st.sampled_from([0, 5, 6, 7, 8, 9]), st.floats(0, 6.3))
def test_every_aperture_sums_to_one(radius: float, blades: int, rotation: float) -> None:
    kernel = polygon_kernel(radius, blades, rotation)
    assert kernel.sum() == pytest.approx(1.0, abs=1e-5)
    assert kernel.min() >= 0
