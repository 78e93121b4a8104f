"""The KADIS tone curves, the stretch and the dispatch, by value."""

from collections.abc import Callable
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from training.distortions import (
    BRIGHTEN_AMOUNTS,
    DARKEN_AMOUNTS,
    blur,
    brighten,
    darken,
    kadis,
    stretch,
    tone_curve,
)
from training.kernels import disk_kernel

Texture = Callable[..., NDArray[np.uint8]]


def _grey(value: float) -> NDArray[np.float32]:
    return np.full((2, 2, 3), value, dtype=np.float32)


@given(st.floats(0, 1))
def test_the_curve_goes_through_its_three_points(middle: float) -> None:
    ends = tone_curve(np.array([0, 0.5, 1], dtype=np.float32), middle)
    np.testing.assert_allclose(ends, [0, middle, 1], atol=1e-6)


def test_the_curve_is_clipped() -> None:
    values = np.linspace(0, 1, 101, dtype=np.float32)
    assert tone_curve(values, 0.1).min() == 0
    assert tone_curve(values, 0.95).max() == 1


@pytest.mark.parametrize("amount", DARKEN_AMOUNTS)
def test_darken_maps_the_middle_by_half_the_amount_and_keeps_the_ends(amount: float) -> None:
    assert darken(_grey(0.5), amount) == pytest.approx(0.5 - amount / 2, abs=1e-6)
    assert darken(_grey(1.0), amount) == pytest.approx(1.0)
    assert darken(_grey(0.0), amount) == pytest.approx(0.0)


def test_darken_by_hand() -> None:
    # Level 5: through (0.5, 0.1): 1.6 x^2 - 0.6 x.
    assert darken(_grey(0.75), 0.8) == pytest.approx(0.45, abs=1e-6)


@pytest.mark.parametrize("amount", BRIGHTEN_AMOUNTS)
def test_brighten_blends_two_parts_rgb_with_one_part_lightness(amount: float) -> None:
    value = 0.4
    middle = 0.5 + amount / 2
    on_rgb = float(tone_curve(np.array([value], dtype=np.float32), middle)[0])
    linear = ((value + 0.055) / 1.055) ** 2.4
    lightness = (116 * linear ** (1 / 3) - 16) / 100
    raised = float(tone_curve(np.array([lightness], dtype=np.float32), middle)[0])
    back = ((100 * raised + 16) / 116) ** 3
    encoded = min(1.0, 1.055 * back ** (1 / 2.4) - 0.055)
    assert brighten(_grey(value), amount) == pytest.approx((2 * on_rgb + encoded) / 3, abs=2e-3)


def test_brighten_moves_lightness_without_moving_hue(texture: Texture) -> None:
    picture = (texture(1) / np.float32(255)).astype(np.float32)
    before = cv2.cvtColor(picture, cv2.COLOR_RGB2Lab)[..., 0].mean()
    after = cv2.cvtColor(brighten(picture, 0.7), cv2.COLOR_RGB2Lab)[..., 0].mean()
    assert after > before + 8


def test_stronger_levels_are_brighter_and_darker(texture: Texture) -> None:
    picture = (texture(2) / np.float32(255)).astype(np.float32)
    bright = [kadis(picture, 16, level).mean() for level in range(1, 6)]
    dark = [kadis(picture, 17, level).mean() for level in range(1, 6)]
    assert all(low < high for low, high in pairwise(bright))
    assert all(low > high for low, high in pairwise(dark))


def test_stretch_reaches_both_ends_and_leaves_a_flat_picture() -> None:
    picture = np.array([[[0.2, 0.3, 0.6]]], dtype=np.float32)
    np.testing.assert_allclose(stretch(picture), [[[0, 0.25, 1]]], atol=1e-6)
    np.testing.assert_array_equal(stretch(_grey(0.3)), _grey(0.3))


@pytest.mark.parametrize("kind", [2, 3, 16, 17])
def test_kadis_stretches_after_the_distortion(kind: int, texture: Texture) -> None:
    low_contrast = (texture(3) / np.float32(255) * np.float32(0.5) + np.float32(0.2)).astype(np.float32)
    answer = kadis(low_contrast, kind, 4, 30.0)
    assert (float(answer.min()), float(answer.max())) == pytest.approx((0, 1), abs=1e-6)


def test_kadis_stretches_before_the_distortion(texture: Texture) -> None:
    picture = (texture(3) / np.float32(255)).astype(np.float32)
    faded = picture * np.float32(0.5) + np.float32(0.2)
    np.testing.assert_allclose(kadis(picture, 17, 4), kadis(faded, 17, 4), atol=2e-5)


def test_whites_stay_white_when_darkened(texture: Texture) -> None:
    assert kadis((texture(4) / np.float32(255)).astype(np.float32), 17, 5).max() == 1.0


def test_blur_keeps_a_flat_picture_flat_up_to_its_border() -> None:
    np.testing.assert_allclose(blur(np.full((9, 9, 3), 0.7, np.float32), disk_kernel(4.0)), 0.7, atol=1e-5)


def test_blur_draws_the_kernel_around_a_point() -> None:
    point = np.zeros((21, 21, 3), np.float32)
    point[10, 10] = 1
    kernel = disk_kernel(4.0)
    np.testing.assert_allclose(blur(point, kernel)[6:15, 6:15, 1], kernel, atol=1e-6)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="KADIS code 5"):
        kadis(_grey(0.5), 5, 1)
