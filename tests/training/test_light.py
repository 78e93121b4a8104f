"""Exposure, noise, grain, looks and the JPEG step, by value."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from skimage.metrics import peak_signal_noise_ratio

from training import light

Texture = Callable[..., NDArray[np.uint8]]


def test_every_byte_survives_linear_light_and_back() -> None:
    every = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)
    np.testing.assert_array_equal(light.to_bytes(light.to_encoded(light.to_linear(every))), every)


def test_middle_grey_in_linear_light() -> None:
    grey = np.full((1, 1, 3), 119, dtype=np.uint8)
    assert light.to_linear(grey)[0, 0, 0] == pytest.approx(0.1845, abs=2e-4)


def test_one_ev_doubles_light() -> None:
    linear = np.full((1, 1, 3), 0.2, np.float32)
    assert light.expose(linear, 1.0) == pytest.approx(0.4)
    assert light.expose(linear, -2.0) == pytest.approx(0.05)


@given(st.floats(0, 1), st.floats(-5, 4))
def test_exposure_is_a_power_of_two_and_clips(value: float, ev: float) -> None:
    got = light.expose(np.array([[[value] * 3]], dtype=np.float32), ev)
    assert got == pytest.approx(min(1.0, value * 2**ev), rel=1e-5, abs=1e-7)


def test_the_black_level_is_taken_away_after_exposure() -> None:
    linear = np.array([[[0.1, 0.01, 0.0]]], dtype=np.float32)
    np.testing.assert_allclose(light.expose(linear, -1.0, 0.01), [[[0.04, 0, 0]]], atol=1e-7)


@pytest.mark.parametrize(("level", "shot", "read"), [(0.5, 0.004, 0.0), (0.5, 0.0, 0.02), (0.3, 0.002, 0.01)])
def test_noise_has_the_declared_variance(level: float, shot: float, read: float) -> None:
    linear = np.full((200, 200, 3), level, np.float32)
    normal = np.random.default_rng(3).standard_normal(linear.shape, dtype=np.float32)
    noisy = light.sensor_noise(linear, shot, read, normal)
    assert noisy.mean() == pytest.approx(level, abs=2e-3)
    assert noisy.var() == pytest.approx(shot * level + read**2, rel=0.03)


def test_grain_is_grey_and_as_strong_as_declared_in_the_mid_tones() -> None:
    normal = np.random.default_rng(4).standard_normal((200, 200), dtype=np.float32)
    middle = light.grain(np.full((200, 200, 3), 0.5, np.float32), 0.04, normal)
    dark = light.grain(np.full((200, 200, 3), 0.1, np.float32), 0.04, normal)
    np.testing.assert_array_equal(middle[..., 0], middle[..., 2])
    assert middle.std() == pytest.approx(0.05, rel=0.03)
    assert dark.std() < 0.6 * middle.std()


def test_contrast_turns_about_middle_grey() -> None:
    values = np.array([[[0.5, 0.6, 0.9]]], dtype=np.float32)
    np.testing.assert_allclose(light.contrast(values, 1.5), [[[0.5, 0.65, 1.0]]], atol=1e-6)


def test_black_and_white_is_rec_709_luma() -> None:
    grey = light.monochrome(np.array([[[1, 0, 0], [0, 1, 0], [0, 0, 1]]], dtype=np.float32))
    np.testing.assert_allclose(grey[0, :, 1], [0.2126, 0.7152, 0.0722], atol=1e-6)
    np.testing.assert_array_equal(grey[..., 0], grey[..., 2])


def test_the_jpeg_step_gives_the_same_bytes_every_time(texture: Texture) -> None:
    assert light.jpeg_bytes(texture(5), 80) == light.jpeg_bytes(texture(5), 80)


def test_the_jpeg_step_keeps_channels_in_order_and_costs_quality(texture: Texture) -> None:
    picture = texture(5)
    good, poor = (peak_signal_noise_ratio(picture, light.jpeg(picture, quality)) for quality in (97, 60))
    assert good > poor + 2
    red = np.zeros((16, 16, 3), np.uint8)
    red[..., 0] = 220
    assert light.jpeg(red, 95)[8, 8].argmax() == 0
