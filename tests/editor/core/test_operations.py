"""Every operation by value: what a photographer may rely on."""

import cv2
import numpy as np
import pytest
import skimage.color
import skimage.data
import skimage.filters
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from editor.core.blur import Blur
from editor.core.clarity import Clarity
from editor.core.color_mix import ColorMix, mix_colors
from editor.core.color_space import SRGB
from editor.core.contrast import contrast_curve
from editor.core.exposure import ROLL_OFF, Exposure, roll_off
from editor.core.noise_reduction import NoiseReduction
from editor.core.operation import Operation
from editor.core.parameter import Parameter, ParameterError
from editor.core.pixels import Picture, Pixels
from editor.core.recipe import OPERATIONS, Recipe
from editor.core.render import render
from editor.core.sharpen import Sharpen
from editor.core.tone import Tone, local_stops, tone_curve
from editor.core.white_balance import WhiteBalance, balance_matrix, pick_grey
from editor.core.working_space import srgb_decode, srgb_encode

HUNDRED = st.floats(-100, 100)


def picture(pixels: Pixels) -> Picture:
    return Picture(pixels, None, pixels.shape[1], pixels.shape[0])


def rendered(pixels: Pixels, *operations: Operation) -> NDArray[np.float64]:
    return render(picture(pixels), Recipe().with_(*operations)).pixels.astype(np.float64)


def greys(count: int = 256) -> NDArray[np.uint8]:
    levels = np.linspace(0, 255, count).round().astype(np.uint8)
    return np.repeat(np.repeat(levels[np.newaxis, :, np.newaxis], 8, axis=0), 3, axis=2)


@pytest.mark.parametrize("kind", OPERATIONS)
def test_every_operation_begins_neutral_and_knows_its_parameters(kind: type[Operation]) -> None:
    assert kind().is_neutral
    assert {each.name for each in kind.PARAMETERS} <= set(kind.field_names())
    for each in kind.PARAMETERS:
        assert getattr(kind(), each.name) == each.default
        with pytest.raises(ParameterError, match=each.name):
            kind().with_(**{each.name: float("nan")})


@pytest.mark.parametrize("value", ["1", None, True, float("inf"), 10**400, 2.1, -2.1])
def test_a_parameter_refuses_what_it_cannot_hold(value: object) -> None:
    parameter = Parameter("ev", "EV", 0, -2, 2, -1, 1, 0.1, 2)
    with pytest.raises(ParameterError) as caught:
        parameter.check(value)
    assert str(caught.value).startswith("ev: ")


@pytest.mark.parametrize(
    "numbers", [(0, 1, -1, -1, 1), (5, -1, 1, -1, 1), (0, -1, 1, -2, 1), (0, -1, 1, 0, 0)]
)
def test_a_declaration_that_contradicts_itself_is_refused(numbers: tuple[float, ...]) -> None:
    with pytest.raises(ParameterError):
        Parameter("wrong", "", *numbers, 0.1, 1)  # type: ignore[call-arg, arg-type]
    with pytest.raises(ParameterError):
        Parameter("wrong", "", 0, -1, 1, -1, 1, 0.0, 1)


@settings(deadline=None, max_examples=40)
@given(st.floats(0.0, 0.24), st.floats(0.0, 0.24), st.floats(0.0, 0.24))
def test_one_ev_doubles_linear_light_below_the_roll_off(red: float, green: float, blue: float) -> None:
    light = np.array([red, green, blue])
    pixels = np.full((4, 4, 3), srgb_encode(light), dtype=np.float32)
    found = srgb_decode(rendered(pixels, Exposure(1.0))[0, 0])
    np.testing.assert_allclose(found, 2 * srgb_decode(pixels[0, 0]), atol=6e-5)


def test_less_exposure_halves_all_light() -> None:
    deep = (greys().astype(np.uint16)) * np.uint16(257)
    found = srgb_decode(rendered(deep, Exposure(-1.0)) / 65535)
    np.testing.assert_allclose(found, srgb_decode(deep / 65535) / 2, atol=4e-5)


@settings(deadline=None)
@given(st.floats(1.0, 300.0))
def test_the_roll_off_starts_gently_always_rises_and_ends_at_white(white: float) -> None:
    light = np.linspace(0, white, 4001)
    rolled = roll_off(light, white)
    assert (np.diff(rolled) > 0).all()
    assert rolled[-1] == pytest.approx(1.0)
    np.testing.assert_array_equal(rolled[light <= ROLL_OFF], light[light <= ROLL_OFF])
    assert (rolled <= light + 1e-12).all()


@settings(deadline=None)
@given(HUNDRED, HUNDRED, HUNDRED, st.floats(1, 20))
def test_the_tone_curve_never_falls(contrast: float, whites: float, blacks: float, white: float) -> None:
    curve = tone_curve(Tone(contrast, 0, 0, whites, blacks), white, np.linspace(0, white, 2001))
    assert (np.diff(curve) >= -1e-9).all()
    assert curve.min() >= 0
    assert curve.max() <= 1


@settings(deadline=None)
@given(HUNDRED, HUNDRED)
@example(-96.0, 89.0)
@example(-100.0, 100.0)
def test_highlights_and_shadows_never_swap_two_areas(highlights: float, shadows: float) -> None:
    base = np.linspace(-10, 2, 2401)
    assert (np.diff(base + local_stops(Tone(0, highlights, shadows), base)) > 0).all()


def test_contrast_keeps_its_ends_and_mid_grey() -> None:
    fixed = np.array([0.0, float(srgb_encode(np.array(0.18))), 1.0])
    for contrast in (-1.0, 1.0):
        np.testing.assert_allclose(contrast_curve(fixed, contrast, 0, 0), fixed, atol=1e-12)
    bent = contrast_curve(np.array([0.3, 0.7]), 0.5, 0, 0)
    assert bent[0] < 0.3
    assert bent[1] > 0.7


@pytest.mark.parametrize(
    ("tone", "dark", "bright"),
    [
        (Tone(shadows=80), 1, 0),
        (Tone(shadows=-80), -1, 0),
        (Tone(highlights=80), 0, 1),
        (Tone(highlights=-80), 0, -1),
    ],
)
def test_highlights_and_shadows_move_their_own_half(tone: Tone, dark: int, bright: int) -> None:
    pixels = np.full((200, 400, 3), 45, dtype=np.uint8)
    pixels[:, 200:] = 215
    found = rendered(pixels, tone)
    for place, before, expected in ((50, 45, dark), (350, 215, bright)):
        moved = found[100, place, 0] - before
        assert np.sign(moved) == expected if expected else abs(moved) <= 3


def test_no_halo_appears_at_a_strong_edge() -> None:
    pixels = np.full((300, 600, 3), 40, dtype=np.uint8)
    pixels[:, 300:] = 220
    for operation in (Tone(highlights=-100, shadows=100), Clarity(100), Clarity(-100)):
        row = rendered(pixels, operation)[150, :, 0]
        for half in (row[:299], row[301:]):
            assert np.ptp(half) <= 6


def test_clarity_separates_texture_and_smooths_it() -> None:
    random = np.random.default_rng(2)
    texture = np.repeat(cv2.GaussianBlur(random.normal(0, 30, (300, 300)), (0, 0), 3)[:, :, None], 3, axis=2)
    pixels = np.clip(120 + texture * 2, 0, 255).astype(np.uint8)
    spread = pixels.std()
    assert rendered(pixels, Clarity(80)).std() > 1.25 * spread
    assert rendered(pixels, Clarity(-80)).std() < 0.75 * spread


@settings(deadline=None)
@given(st.floats(-80, 80), st.floats(-80, 80))
def test_the_grey_picker_undoes_a_light(temperature: float, tint: float) -> None:
    balance = balance_matrix(WhiteBalance(temperature, tint))
    cast = np.linalg.inv(balance) @ np.full(3, 0.3)
    picked = pick_grey(cast)
    grey = balance_matrix(picked) @ cast
    np.testing.assert_allclose(grey, grey.mean(), rtol=2e-3)
    assert picked.temperature == pytest.approx(temperature, abs=0.5)
    assert picked.tint == pytest.approx(tint, abs=0.5)


def test_white_balance_goes_the_way_its_name_says() -> None:
    grey = np.full((8, 8, 3), 128, dtype=np.uint8)
    warm = rendered(grey, WhiteBalance(temperature=50))[0, 0]
    cool = rendered(grey, WhiteBalance(temperature=-50))[0, 0]
    magenta = rendered(grey, WhiteBalance(tint=50))[0, 0]
    assert warm[0] > 128 > warm[2]
    assert cool[0] < 128 < cool[2]
    assert magenta[1] < 128 < magenta[0]


@pytest.mark.parametrize("spot", [[0, 0, 0], [0.5, 0, 0.5], [np.nan, 1, 1]])
def test_black_is_no_grey_to_pick(spot: list[float]) -> None:
    with pytest.raises(ValueError, match="brighter"):
        pick_grey(np.array(spot))


def test_no_saturation_is_grey_and_greys_stay() -> None:
    photo = skimage.data.astronaut()[:100, :100]
    found = rendered(photo, ColorMix(saturation=-100))
    assert np.ptp(found, axis=2).max() <= 1
    for mix in (ColorMix(saturation=100), ColorMix(vibrance=100), ColorMix(vibrance=-100)):
        np.testing.assert_allclose(rendered(greys(), mix), greys(), atol=1)


def test_saturation_doubles_chroma_and_keeps_hue() -> None:
    patch = np.array([[[110, 120, 140], [140, 115, 105], [118, 130, 110]]], dtype=np.uint8)
    before, after = (
        oklab(found) for found in (patch.astype(np.float64), rendered(patch, ColorMix(saturation=100)))
    )
    chroma = [np.hypot(found[..., 1], found[..., 2]) for found in (before, after)]
    hue = [np.arctan2(found[..., 2], found[..., 1]) for found in (before, after)]
    np.testing.assert_allclose(chroma[1] / chroma[0], 2.0, atol=0.12)
    np.testing.assert_allclose(hue[1], hue[0], atol=0.06)
    np.testing.assert_allclose(after[..., 0], before[..., 0], atol=0.005)


def oklab(srgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """By the published formula, on its own."""
    light = srgb_decode(srgb / 255)
    roots = np.cbrt(
        light
        @ np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        ).T
    )
    return np.asarray(
        roots
        @ np.array(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ]
        ).T
    )


def test_vibrance_lifts_weak_colours_more_than_strong_ones() -> None:
    linear = np.asarray(SRGB.to_working @ srgb_decode(np.array([[120, 128, 140], [30, 60, 220]]) / 255).T)
    pixels = linear.T[np.newaxis].astype(np.float32)
    mixed = mix_colors(pixels, ColorMix(vibrance=100))
    grown = [np.ptp(mixed[0, place]) / np.ptp(pixels[0, place]) for place in range(2)]
    assert grown[0] > grown[1] + 0.2


@pytest.mark.parametrize("sigma", [0.5, 1.0, 2.5])
@pytest.mark.parametrize("amount", [50.0, 150.0])
def test_the_unsharp_mask_is_that_of_scikit_image(sigma: float, amount: float) -> None:
    grey = skimage.data.camera()[100:300, 100:300]
    expected = skimage.filters.unsharp_mask(grey / 255.0, radius=sigma, amount=amount / 100)
    found = rendered(np.repeat(grey[:, :, None], 3, axis=2), Sharpen(amount, sigma, 0))
    assert np.abs(found - expected[:, :, None] * 255).max() <= 1.0


def test_the_threshold_leaves_small_differences_alone() -> None:
    random = np.random.default_rng(4)
    pixels = np.repeat(random.integers(126, 131, (60, 60, 1)), 3, axis=2).astype(np.uint8)
    np.testing.assert_allclose(rendered(pixels, Sharpen(300, 1.0, 6.0)), pixels, atol=0.51)


def test_sharpening_makes_no_colour_fringes() -> None:
    edge = np.full((40, 80, 3), (150, 90, 60), dtype=np.uint8)
    edge[:, 40:] = (180, 120, 90)
    found = rendered(edge, Sharpen(100, 1.5, 0))
    before = edge.astype(np.float64)
    np.testing.assert_allclose(np.diff(found, axis=2), np.diff(before, axis=2), atol=1.01)


def test_blur_is_a_gaussian_in_linear_light() -> None:
    pixels = np.zeros((61, 61, 3), dtype=np.uint16)
    pixels[30, 30] = 65535
    light = srgb_decode(rendered(pixels, Blur(3.0)) / 65535)[:, :, 0]
    rows = np.arange(61) - 30.0
    assert light.sum() == pytest.approx(1.0, abs=0.01)
    assert np.sqrt((light.sum(axis=1) * rows**2).sum()) == pytest.approx(3.0, abs=0.06)


def test_noise_reduction_takes_noise_and_leaves_edges() -> None:
    random = np.random.default_rng(3)
    clean = np.full((200, 200, 3), 70.0)
    clean[:, 100:] = 180
    noisy = np.clip(clean + random.normal(0, 8, clean.shape), 0, 255).astype(np.uint8)
    found = rendered(noisy, NoiseReduction(80, 80))
    assert (found - clean)[:, :80].std() < 0.45 * (noisy - clean)[:, :80].std()
    edge = found.mean(axis=(0, 2))
    assert edge[104] - edge[95] > 100


def test_colour_noise_goes_without_touching_lightness() -> None:
    random = np.random.default_rng(3)
    noisy = np.clip(128 + random.normal(0, 12, (160, 160, 3)), 0, 255).astype(np.uint8)
    found = rendered(noisy, NoiseReduction(color=100))
    lab, before = (skimage.color.rgb2lab(each / 255) for each in (found, noisy.astype(np.float64)))
    assert lab[..., 1:].std() < 0.5 * before[..., 1:].std()
    assert lab[..., 0].std() > 0.8 * before[..., 0].std()
