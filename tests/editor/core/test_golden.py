"""Golden pictures: no operation's look changes by accident, by visible difference.

``python tests/editor/core/test_golden.py`` draws them anew after a change that was meant and looked at.
"""

from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.color
import skimage.data
from numpy.typing import NDArray

from editor.core.clarity import Clarity
from editor.core.color_mix import ColorMix
from editor.core.crop import Crop
from editor.core.exposure import Exposure
from editor.core.noise_reduction import NoiseReduction
from editor.core.pixels import Picture
from editor.core.recipe import Recipe
from editor.core.render import RenderSettings, render
from editor.core.sharpen import Sharpen
from editor.core.tone import Tone
from editor.core.white_balance import WhiteBalance

FOLDER = Path(__file__).resolve().parents[2] / "golden"
MEAN, NEAR_WORST = 0.77, 2.3
SIDE = 150

RECIPES = {
    "exposure": Recipe(exposure=Exposure(1.5)),
    "highlights-shadows": Recipe(tone=Tone(highlights=-80, shadows=80)),
    "contrast-ends": Recipe(tone=Tone(contrast=60, whites=30, blacks=-30)),
    "white-balance": Recipe(white_balance=WhiteBalance(-50, 20)),
    "clarity": Recipe(clarity=Clarity(80)),
    "color-mix": Recipe(color_mix=ColorMix(60, 40)),
    "straighten": Recipe(crop=Crop(0.1, 0.1, 0.9, 0.9, 8.0)),
    "sharpen-clean": Recipe(noise_reduction=NoiseReduction(60, 60), sharpen=Sharpen(150, 4.0, 2.0)),
}


def drawn(name: str) -> NDArray[np.uint8]:
    photo = skimage.data.coffee()
    picture = Picture(photo, None, photo.shape[1], photo.shape[0])
    return render(picture, RECIPES[name], RenderSettings(fit=(SIDE, SIDE))).pixels.astype(np.uint8)


@pytest.mark.parametrize("name", RECIPES)
def test_the_picture_looks_as_it_did(name: str) -> None:
    golden = cv2.imread(str(FOLDER / f"{name}.png"))
    assert golden is not None
    found = drawn(name)
    assert found.shape == golden.shape
    lab = [skimage.color.rgb2lab(pixels) for pixels in (found, golden[:, :, ::-1])]
    difference = skimage.color.deltaE_ciede2000(*lab)
    assert difference.mean() < MEAN
    assert np.percentile(difference, 99) < NEAR_WORST


def test_golden_pictures_are_small_and_all_used() -> None:
    found = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert set(found) >= set(RECIPES)
    assert max(found[name] for name in RECIPES) <= 60 * 1024


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in RECIPES:
        cv2.imwrite(str(FOLDER / f"{each}.png"), drawn(each)[:, :, ::-1])
