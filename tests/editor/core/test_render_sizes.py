"""A preview looks like the export scaled down: for every operation and for random recipes."""

import cv2
import numpy as np
import pytest
import skimage.color
import skimage.data
from numpy.typing import NDArray

from editor.core.blur import Blur
from editor.core.clarity import Clarity
from editor.core.color_mix import ColorMix
from editor.core.crop import Crop
from editor.core.exposure import Exposure
from editor.core.noise_reduction import NoiseReduction
from editor.core.operation import Operation
from editor.core.pixels import Picture
from editor.core.recipe import Recipe
from editor.core.render import Fineness, RenderSettings, render
from editor.core.sharpen import Sharpen
from editor.core.tone import Tone
from editor.core.white_balance import WhiteBalance

MEAN, NEAR_WORST = 0.77, 2.3

OPERATIONS: tuple[Operation, ...] = (
    Crop(left=0.1, top=0.05, right=0.8, bottom=0.9),
    Crop(quarter_turns=1, mirrored=True),
    Crop(angle=7.0),
    NoiseReduction(luminance=60, color=60),
    WhiteBalance(temperature=40, tint=-20),
    Exposure(1.0),
    Exposure(-1.0),
    Tone(contrast=60),
    Tone(highlights=-80),
    Tone(shadows=80),
    Tone(whites=50, blacks=-40),
    Clarity(60),
    Clarity(-60),
    ColorMix(vibrance=60),
    ColorMix(saturation=40),
    Blur(6.0),
    Sharpen(amount=100, radius=2.0, threshold=2.0),
)


@pytest.fixture(scope="session", params=["astronaut", "coffee", "rocket"])
def photo(request: pytest.FixtureRequest) -> Picture:
    """A photograph of about 1.5 megapixels."""
    pixels: NDArray[np.uint8] = getattr(skimage.data, request.param)()
    height, width = pixels.shape[:2]
    size = (1280, round(1280 * height / width))
    large = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC)
    return Picture(large, None, *size)


def scaled_down(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Scaled by averaging the values in the file, as viewers do."""
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> tuple[float, float]:
    """CIEDE2000: the mean and the 99th percentile."""
    found = skimage.color.deltaE_ciede2000(skimage.color.rgb2lab(one), skimage.color.rgb2lab(other))
    return float(found.mean()), float(np.percentile(found, 99))


def assert_preview_is_export(photo: Picture, recipe: Recipe, fineness: Fineness) -> None:
    preview = render(photo, recipe, RenderSettings(fit=(400, 400), fineness=fineness))
    export = render(photo, recipe)
    small = scaled_down(export.pixels.astype(np.uint8), (preview.width, preview.height))
    mean, near_worst = difference(preview.pixels.astype(np.uint8), small)
    assert mean < MEAN, f"mean {mean:.2f}, 99th percentile {near_worst:.2f}"
    assert near_worst < NEAR_WORST, f"mean {mean:.2f}, 99th percentile {near_worst:.2f}"


@pytest.mark.parametrize("operation", OPERATIONS, ids=repr)
def test_the_preview_of_every_operation_is_its_export_scaled_down(
    photo: Picture, operation: Operation
) -> None:
    assert_preview_is_export(photo, Recipe().with_(operation), Fineness.PLAIN)


@pytest.mark.parametrize("angle", [-2.0, 7.0])
def test_the_draft_of_a_straightened_photo_is_its_export_scaled_down(photo: Picture, angle: float) -> None:
    assert_preview_is_export(photo, Recipe().with_(Crop(angle=angle)), Fineness.DRAFT)


@pytest.mark.parametrize("seed", range(10))
def test_the_settled_preview_of_a_random_recipe_is_its_export_scaled_down(photo: Picture, seed: int) -> None:
    assert_preview_is_export(photo, random_recipe(seed), Fineness.TWICE)


def drawn_tile() -> Picture:
    """Detail as sharp as pixels are: single bright pixels and lines one pixel wide."""
    rows, columns = np.mgrid[0:960, 0:1280]
    tile = np.full((960, 1280, 3), 90, np.uint8)
    tile[(rows + columns) % 7 == 0] = (250, 240, 200)
    tile[(rows % 5 == 0) & (columns % 3 == 0)] = (20, 30, 160)
    return Picture(tile, None, 1280, 960)


@pytest.mark.parametrize("seed", range(4))
def test_the_full_preview_of_detail_as_sharp_as_pixels_is_its_export_scaled_down(seed: int) -> None:
    photo, recipe = drawn_tile(), random_recipe(seed)
    preview = render(photo, recipe, RenderSettings(fit=(400, 400), fineness=Fineness.FULL))
    export = render(photo, recipe).pixels.astype(np.uint8)
    small = scaled_down(export, (preview.width, preview.height))
    assert np.abs(preview.pixels.astype(int) - small).max() <= 1


def random_recipe(seed: int) -> Recipe:
    """Every operation at about half of its slider."""
    random = np.random.default_rng(seed)

    def either(limit: float) -> float:
        return round(float(random.uniform(-limit, limit)), 2)

    def up_to(limit: float) -> float:
        return round(float(random.uniform(0, limit)), 2)

    return Recipe(
        Crop(up_to(0.2), up_to(0.2), 1 - up_to(0.2), 1 - up_to(0.2), either(8), int(random.integers(4))),
        NoiseReduction(up_to(60), up_to(60)),
        WhiteBalance(either(40), either(30)),
        Exposure(either(1.2)),
        Tone(either(50), either(60), either(60), either(40), either(40)),
        Clarity(either(50)),
        ColorMix(either(40), either(25)),
        Blur(up_to(2) if seed % 3 == 0 else 0.0),
        Sharpen(up_to(120), 0.5 + up_to(1.5), up_to(4)),
    )
