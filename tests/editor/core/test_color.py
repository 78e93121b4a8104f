"""Colour: sRGB passes untouched, profiles are applied, depth is not lost on the way."""

import logging
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PIL import ImageCms

from editor.core.color import to_srgb8
from editor.core.icc import colour_space, is_srgb, srgb_transform
from editor.core.pixels import Picture, Pixels

MakeProfile = Callable[..., bytes]
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PROPHOTO = ((0.7977, 0.2880, 0.0), (0.1352, 0.7119, 0.0), (0.0313, 0.0001, 0.8249))
SHAPES = st.tuples(st.integers(1, 6), st.integers(1, 6), st.just(3))


def picture(pixels: Pixels, profile: bytes | None = None) -> Picture:
    return Picture(pixels, profile, pixels.shape[1], pixels.shape[0])


def encoded(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sRGB curve (IEC 61966-2-1)."""
    return np.where(
        linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055
    )


@given(arrays(np.uint8, SHAPES), st.sampled_from([None, SRGB]))
def test_eight_bit_srgb_passes_bit_for_bit(pixels: NDArray[np.uint8], profile: bytes | None) -> None:
    np.testing.assert_array_equal(to_srgb8(picture(pixels, profile)), pixels)


@given(arrays(np.uint16, SHAPES), st.sampled_from([None, SRGB]))
def test_sixteen_bits_are_rounded_to_the_nearest(pixels: NDArray[np.uint16], profile: bytes | None) -> None:
    np.testing.assert_array_equal(to_srgb8(picture(pixels, profile)), np.rint(pixels / 257).astype(np.uint8))


@given(arrays(np.float32, SHAPES, elements=st.floats(width=32, allow_nan=True, allow_infinity=True)))
def test_floats_are_clipped_and_rounded(pixels: NDArray[np.float32]) -> None:
    clean = np.clip(np.nan_to_num(pixels.astype(float), nan=0, posinf=1, neginf=0), 0, 1)
    np.testing.assert_array_equal(to_srgb8(picture(pixels)), np.rint(clean * 255).astype(np.uint8))


def test_deep_pixels_of_a_linear_profile_keep_their_shadows(rgb_profile: MakeProfile) -> None:
    values = np.random.default_rng(3).integers(0, 3000, (40, 50, 3)).astype(np.uint16)
    expected = encoded(values / 65535) * 255
    for pixels in (values, (values / 65535).astype(np.float32)):
        found = to_srgb8(picture(pixels, rgb_profile(1.0)))
        assert found.dtype == np.uint8
        assert np.abs(found - expected).max() < 2.5
        assert np.abs(found - expected).mean() < 0.6


@settings(deadline=None, max_examples=30)
@given(pixels=arrays(np.uint8, SHAPES))
def test_deep_pixels_that_are_whole_levels_agree_exactly_with_eight_bits(
    rgb_profile: MakeProfile, pixels: NDArray[np.uint8]
) -> None:
    profile = rgb_profile(1.8, PROPHOTO)
    deep = pixels.astype(np.uint16) * np.uint16(257)
    np.testing.assert_array_equal(to_srgb8(picture(deep, profile)), to_srgb8(picture(pixels, profile)))


@settings(deadline=None, max_examples=30)
@given(pixels=arrays(np.uint16, SHAPES))
def test_between_two_levels_lies_between_their_colours(
    rgb_profile: MakeProfile, pixels: NDArray[np.uint16]
) -> None:
    profile = rgb_profile(2.2)
    low = (pixels // 257).astype(np.uint8)
    high = np.minimum(low.astype(int) + 1, 255).astype(np.uint8)
    found = to_srgb8(picture(pixels, profile)).astype(int)
    assert (found >= to_srgb8(picture(low, profile)).astype(int) - 1).all()
    assert (found <= to_srgb8(picture(high, profile)).astype(int) + 1).all()


def test_a_tall_deep_picture_is_the_same_in_bands(
    rgb_profile: MakeProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.random.default_rng(4).integers(0, 65536, (37, 11, 3)).astype(np.uint16)
    whole = to_srgb8(picture(pixels, rgb_profile(1.8, PROPHOTO)))
    monkeypatch.setattr("editor.core.color._BAND_PIXELS", 50)
    np.testing.assert_array_equal(to_srgb8(picture(pixels, rgb_profile(1.8, PROPHOTO))), whole)


def test_swapped_channels_are_put_right(swapped_profile: bytes) -> None:
    pixels = np.zeros((1, 3, 3), dtype=np.uint8)
    pixels[0, [0, 1, 2], [0, 1, 2]] = 255
    assert to_srgb8(picture(pixels, swapped_profile)).argmax(axis=2).tolist() == [[1, 2, 0]]


def test_wide_colours_move_and_grays_do_not(rgb_profile: MakeProfile) -> None:
    gamma = rgb_profile(2.2, PROPHOTO)
    gray = to_srgb8(picture(np.full((1, 1, 3), 255, np.uint8), gamma))
    assert gray.min() >= 253
    muted = to_srgb8(picture(np.array([[[150, 120, 100]]], np.uint8), gamma))[0, 0].astype(int)
    assert muted[0] - muted[2] > 60


@pytest.mark.parametrize("profile", [b"", b"x" * 500, SRGB[:140], SRGB[:60]])
def test_a_broken_profile_counts_as_srgb_and_is_logged(
    profile: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    srgb_transform.cache_clear()
    pixels = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    with caplog.at_level(logging.WARNING):
        np.testing.assert_array_equal(to_srgb8(picture(pixels, profile)), pixels)
    assert "taken as sRGB" in caplog.text


def test_a_profile_of_other_pixels_counts_as_srgb(cmyk_profile: bytes) -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    np.testing.assert_array_equal(to_srgb8(picture(pixels, cmyk_profile)), pixels)
    assert not is_srgb(cmyk_profile)


def test_what_counts_as_srgb(rgb_profile: MakeProfile, swapped_profile: bytes) -> None:
    assert is_srgb(SRGB)
    assert not is_srgb(rgb_profile(2.2))
    assert not is_srgb(swapped_profile)


def test_a_transform_is_built_once_for_a_profile(rgb_profile: MakeProfile) -> None:
    profile = rgb_profile(1.9)
    assert srgb_transform(profile, "RGB") is srgb_transform(bytes(bytearray(profile)), "RGB")


def test_colour_spaces_are_read(
    rgb_profile: MakeProfile, gray_profile: MakeProfile, cmyk_profile: bytes
) -> None:
    assert [colour_space(p) for p in (rgb_profile(2.2), gray_profile(2.2), cmyk_profile)] == [
        "RGB",
        "GRAY",
        "CMYK",
    ]
    assert colour_space(b"") is None
    assert colour_space(b"x" * 200) is None


def test_the_picture_stays_as_it_is(swapped_profile: bytes) -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    to_srgb8(picture(pixels, swapped_profile))
    np.testing.assert_array_equal(pixels, np.arange(12).reshape(2, 2, 3))
