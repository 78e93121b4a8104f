"""Coarseness: alike at every scale for self-similar pictures, larger with blur, whatever the contrast."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from quality.core.coarseness import coarseness


def natural(seed: int, side: int = 256) -> NDArray[np.float32]:
    """Noise with the spectrum of natural pictures, amplitude 1 / frequency (Field 1987)."""
    random = np.random.default_rng(seed)
    frequency = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.fftfreq(side)[None, :])
    frequency[0, 0] = 1
    spectrum = np.fft.fft2(random.standard_normal((side, side))) / frequency
    spectrum[0, 0] = 0
    grey = np.fft.ifft2(spectrum).real
    shown = np.clip(128 + 45 * grey / grey.std(), 0, 255).astype(np.float32)
    return np.repeat(shown[..., None], 3, axis=2)


def test_a_natural_spectrum_is_alike_at_every_scale() -> None:
    assert coarseness(natural(1)) == pytest.approx(0, abs=0.4)


@given(st.integers(0, 99), st.floats(1.0, 3.0))
def test_blur_makes_it_coarser(seed: int, deviation: float) -> None:
    tile = natural(seed, 128)
    slightly = cv2.GaussianBlur(tile, (0, 0), 0.7).astype(np.float32)
    soft = cv2.GaussianBlur(tile, (0, 0), deviation).astype(np.float32)
    assert coarseness(tile) + 0.3 < coarseness(slightly) < coarseness(soft)


def test_a_shake_counts_although_it_leaves_the_other_direction_sharp() -> None:
    tile = natural(5)
    shaken = cv2.blur(tile, (9, 1)).astype(np.float32)
    assert coarseness(shaken) > coarseness(tile) + 1


def test_contrast_hardly_matters() -> None:
    tile = natural(3)
    halved = (128 + (tile - 128) / 2).astype(np.float32)
    assert coarseness(halved) == pytest.approx(coarseness(tile), abs=0.1)


def test_nothing_to_see_is_neither() -> None:
    assert coarseness(np.full((64, 64, 3), 90, np.float32)) == 0
