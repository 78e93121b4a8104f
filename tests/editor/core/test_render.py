"""Rendering: exact where nothing is to do, the same in bands and whole, cancellable, deep where deep."""

import io

import numpy as np
import pytest
import skimage.data
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import ImageCms

from editor.core.auto_tone import auto_exposure, auto_levels
from editor.core.blur import Blur
from editor.core.cancellation import Cancellation, JobCancelled
from editor.core.clarity import Clarity
from editor.core.color import to_srgb8
from editor.core.color_mix import ColorMix
from editor.core.color_space import ADOBE_RGB, DISPLAY_P3, SRGB, ColorSpace, space_of
from editor.core.crop import Crop
from editor.core.exposure import Exposure
from editor.core.noise_reduction import NoiseReduction
from editor.core.operation import Operation
from editor.core.pixels import Picture, Pixels
from editor.core.recipe import NEUTRAL, OPERATIONS, Recipe
from editor.core.render import Fineness, RenderSettings, render, rendered_size
from editor.core.sharpen import Sharpen
from editor.core.stage_cache import StageCache
from editor.core.tone import Tone
from editor.core.white_balance import WhiteBalance
from editor.core.window import Window

SHAPES = st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3))
EVERYTHING = Recipe(
    Crop(0.05, 0.1, 0.95, 0.9, 3.0, 1, True),
    NoiseReduction(30, 40),
    WhiteBalance(20, -10),
    Exposure(0.8),
    Tone(20, -50, 40, 10, -10),
    Clarity(30),
    ColorMix(20, 10),
    Blur(0.8),
    Sharpen(80, 1.2, 1.0),
)


def picture(pixels: Pixels, profile: bytes | None = None) -> Picture:
    return Picture(pixels, profile, pixels.shape[1], pixels.shape[0])


PHOTO = picture(skimage.data.coffee())


@settings(deadline=None)
@given(
    st.one_of(
        arrays(np.uint8, SHAPES),
        arrays(np.uint16, SHAPES),
        arrays(np.float32, SHAPES, elements=st.floats(width=32, allow_nan=True)),
    )
)
def test_a_neutral_recipe_returns_the_very_picture(pixels: Pixels) -> None:
    source = picture(pixels, b"whatever profile")
    assert render(source, NEUTRAL) is source
    assert render(source, Recipe().with_(Sharpen(0, 3.0, 5.0))) is source


@pytest.mark.parametrize("space", [SRGB, DISPLAY_P3, ADOBE_RGB])
def test_every_colour_goes_to_the_working_space_and_back(space: ColorSpace) -> None:
    levels = np.arange(256, dtype=np.uint8)
    random = np.random.default_rng(1).integers(0, 256, (256, 64, 3)).astype(np.uint8)
    greys = np.repeat(levels[:, None, None], 3, axis=2)
    for pixels in (random, greys):
        linear = np.asarray(space.light(pixels) @ space.to_working.T.astype(np.float32))
        np.testing.assert_array_equal(space.encode(linear, np.dtype(np.uint8)), pixels)
    deep = np.random.default_rng(2).integers(0, 65536, (256, 64, 3)).astype(np.uint16)
    linear = np.asarray(space.light(deep) @ space.to_working.T.astype(np.float32))
    back = space.encode(linear, np.dtype(np.uint16)).astype(np.int64)
    assert np.abs(back - deep)[deep.min(axis=2) > 2000].max() <= 3


@pytest.mark.parametrize("space", [SRGB, DISPLAY_P3, ADOBE_RGB])
def test_our_profiles_mean_what_the_colour_engine_understands(space: ColorSpace) -> None:
    muted = np.random.default_rng(1).integers(70, 190, (40, 40, 3)).astype(np.uint8)
    engine = to_srgb8(picture(muted, space.profile))
    ours = render(picture(muted, space.profile), NEUTRAL, RenderSettings(space=SRGB)).pixels
    inside = ((engine > 0) & (engine < 255)).all(axis=2)  # colours outside are drawn in, not only clipped
    assert inside.mean() > 0.5
    assert np.abs(engine.astype(int) - ours)[inside].max() <= 1
    opened = ImageCms.getOpenProfile(io.BytesIO(space.profile))
    assert space.name in ImageCms.getProfileDescription(opened)


def test_a_profile_made_of_tables_is_edited_as_srgb() -> None:
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes()
    space, converted = space_of(picture(np.full((4, 4, 3), 99, np.uint8), lab_like))
    assert space is SRGB
    assert converted.profile is None


def test_wide_colours_survive_an_edit() -> None:
    strong = np.zeros((4, 4, 3), dtype=np.uint8)
    strong[..., 1] = 200  # a green far outside sRGB
    adobe = picture(strong, ADOBE_RGB.profile)
    found = render(adobe, Recipe().with_(Exposure(-0.001))).pixels
    np.testing.assert_allclose(found.astype(int), strong, atol=2)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_depth_and_profile_are_kept(dtype: type[np.uint8]) -> None:
    white = 1.0 if dtype is np.float32 else np.iinfo(dtype).max
    ramp = (np.linspace(0.1, 0.4, 3000)[None, :, None] * white * np.ones((2, 1, 3))).astype(dtype)
    found = render(picture(ramp, DISPLAY_P3.profile), Recipe().with_(Exposure(0.3)))
    assert found.pixels.dtype == dtype
    assert found.profile == DISPLAY_P3.profile
    if dtype is not np.uint8:
        assert len(np.unique(found.pixels[0, :, 1])) > 2990
    assert (np.diff(found.pixels[0, :, 1].astype(np.float64)) >= 0).all()


@pytest.mark.parametrize("recipe", [EVERYTHING, Recipe().with_(Sharpen(150, 3.0, 0), Blur(2.0))])
def test_bands_threads_and_cache_do_not_show(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = render(PHOTO, recipe, RenderSettings(threads=1)).pixels.astype(int)
    cached = render(PHOTO, recipe, None, StageCache()).pixels.astype(int)
    monkeypatch.setattr("editor.core.band_rendering.BAND_PIXELS", 1)
    banded = render(PHOTO, recipe, RenderSettings(threads=3)).pixels.astype(int)
    for found in (cached, banded):
        assert np.abs(found - whole).max() <= 1
        assert (found != whole).mean() < 1e-3


@pytest.mark.parametrize("cache", [None, StageCache()])
@pytest.mark.parametrize("recipe", [EVERYTHING, NEUTRAL, Recipe().with_(Crop(angle=-5), Sharpen(100, 2, 0))])
def test_a_region_is_that_part_of_the_whole(recipe: Recipe, cache: StageCache | None) -> None:
    whole = render(PHOTO, recipe).pixels.astype(int)
    part = render(PHOTO, recipe, RenderSettings(region=Window(120, 50, 90, 110)), cache).pixels
    assert np.abs(whole[50:160, 120:210] - part).max() <= 1


def test_the_cache_answers_and_stays_within_its_bytes() -> None:
    cache = StageCache(8 << 20)
    fit = RenderSettings(fit=(300, 300))
    first = render(PHOTO, EVERYTHING, fit, cache).pixels
    for ev in np.linspace(-1, 1, 9):
        render(PHOTO, EVERYTHING.with_(Exposure(float(ev))), fit, cache)
        assert 0 < cache.kept_bytes <= 8 << 20
    again = render(PHOTO, EVERYTHING, fit, cache).pixels.astype(int)
    assert np.abs(again - first).max() <= 1
    assert (again != first).mean() < 1e-3
    kept = cache.find("key", lambda: np.zeros(4, np.float32))
    assert cache.find("key", lambda: np.ones(4, np.float32)) is kept
    cache.clear()
    assert cache.kept_bytes == 0


MOVED: tuple[Operation, ...] = (
    Crop(0.1, 0.1, 0.9, 0.9, -2.0),
    NoiseReduction(60, 10),
    Exposure(-0.4),
    Blur(1.6),
    Sharpen(30, 0.8, 0.0),
)


@pytest.mark.parametrize("operation", MOVED, ids=lambda operation: operation.NAME)
def test_what_is_kept_while_a_slider_moves_does_not_show(operation: Operation) -> None:
    cache, fit = StageCache(), RenderSettings(fit=(300, 300))
    for recipe in (EVERYTHING, EVERYTHING.with_(operation), EVERYTHING, EVERYTHING.with_(operation)):
        found = render(PHOTO, recipe, fit, cache).pixels.astype(int)
        expected = render(PHOTO, recipe, fit).pixels
        assert np.abs(found - expected).max() <= 1
        assert (found != expected).mean() < 1e-3


def test_only_what_goes_into_the_moved_stage_is_kept() -> None:
    cache, fit = StageCache(), RenderSettings(fit=(300, 300))
    recipe = Recipe().with_(NoiseReduction(30, 40), Exposure(0.5), Sharpen(80, 1.0, 0.0))
    one = 300 * round(300 * PHOTO.height / PHOTO.width) * 3 * 4
    render(PHOTO, recipe, fit, cache)
    assert cache.kept_bytes == 0
    render(PHOTO, recipe.with_(Exposure(0.6)), fit, cache)
    assert cache.kept_bytes == 2 * one
    for ev in (0.7, 0.8, 0.9):
        render(PHOTO, recipe.with_(Exposure(ev)), fit, cache)
    assert cache.kept_bytes == 2 * one
    moved = recipe.with_(Exposure(0.9), Sharpen(90, 1.0, 0.0))
    render(PHOTO, moved, fit, cache)
    assert cache.kept_bytes == 3 * one


def test_a_photo_as_it_was_does_not_tell_what_is_moved() -> None:
    cache = StageCache()
    assert cache.same_as_before(("crop", "noise", "light")) == 0
    assert cache.same_as_before(("crop",)) == 1
    assert cache.same_as_before(("crop", "noise", "other")) == 2
    assert cache.same_as_before(("other", "noise", "other")) == 0


@pytest.mark.parametrize("cache", [None, StageCache()])
def test_a_cancelled_rendering_stops(cache: StageCache | None) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(JobCancelled):
        render(PHOTO, EVERYTHING, None, cache, cancellation)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from([NEUTRAL, EVERYTHING]))
def test_the_result_fits_and_is_never_enlarged(width: int, height: int, recipe: Recipe) -> None:
    small = picture(skimage.data.coffee()[::4, ::4].copy())
    found = render(small, recipe, RenderSettings(fit=(width, height)))
    assert (found.width, found.height) == rendered_size(small, recipe, (width, height))
    assert found.width <= min(width, small.height + small.width)
    assert found.height <= height
    assert found.width <= found.full_width


@pytest.mark.parametrize("fit", [(1, 1), (1, 500), (500, 1)])
def test_a_single_pixel_takes_every_operation(fit: tuple[int, int]) -> None:
    recipe = EVERYTHING.with_(Sharpen(90, 1.0, 10.0))
    assert render(PHOTO, recipe, RenderSettings(fit=fit)).pixels.shape == (1, 1, 3)


def test_a_smaller_decode_renders_like_the_full_one() -> None:
    pixels = skimage.data.coffee()
    half = pixels.reshape(200, 2, 300, 2, 3).mean(axis=(1, 3)).round().astype(np.uint8)
    recipe = Recipe().with_(Exposure(0.5), Clarity(40), Sharpen(50, 2, 0))
    fit = RenderSettings(fit=(150, 150))
    one = render(picture(pixels), recipe, fit).pixels.astype(int)
    other = render(Picture(half, None, 600, 400), recipe, fit).pixels.astype(int)
    assert np.abs(one - other).mean() < 1.0


@pytest.mark.parametrize("fineness", [Fineness.TWICE, Fineness.FULL])
def test_a_finer_preview_needs_a_size(fineness: Fineness) -> None:
    with pytest.raises(ValueError, match="finer"):
        RenderSettings(fineness=fineness)


def test_recipes_take_parts_from_each_other() -> None:
    pasted = NEUTRAL.with_from(EVERYTHING, [Exposure, Tone])
    assert pasted == Recipe(exposure=EVERYTHING.exposure, tone=EVERYTHING.tone)
    assert [type(operation) for operation in EVERYTHING] == list(OPERATIONS)
    assert NEUTRAL.is_neutral
    assert NEUTRAL.with_(Crop(quarter_turns=1)).keeps_colors
    assert not EVERYTHING.keeps_colors


def test_auto_exposure_brightens_what_is_dark_and_stops() -> None:
    dark = render(PHOTO, Recipe().with_(Exposure(-2.0)))
    found = auto_exposure(dark, NEUTRAL)
    assert 1.0 <= found.ev <= 3.0
    black = picture(np.zeros((20, 20, 3), np.uint8))
    assert auto_exposure(black, NEUTRAL).ev <= 3.0
    bright = render(PHOTO, Recipe().with_(Exposure(2.0)))
    assert auto_exposure(bright, NEUTRAL).ev < 0.3


def test_auto_levels_stretches_a_flat_photo() -> None:
    flat = picture((skimage.data.coffee() // 3 + 70).astype(np.uint8))
    tone = auto_levels(flat, NEUTRAL)
    assert tone.whites > 0
    assert tone.blacks < 0
    stretched = render(flat, Recipe().with_(tone)).pixels
    assert np.ptp(stretched) > 1.15 * np.ptp(flat.pixels)
