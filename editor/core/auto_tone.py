"""Auto exposure and auto levels: starting points that a photographer moves on from.

It must not know the network: how much exposure repairs a flagged photo is estimated elsewhere.
"""

import numpy as np
from numpy.typing import NDArray

from editor.core.color_space import space_of
from editor.core.exposure import EV, Exposure, light_gain, roll_off
from editor.core.frame import make_frame
from editor.core.pixels import Picture
from editor.core.recipe import Recipe
from editor.core.source import LinearSource
from editor.core.tone import Tone, tone_curve
from editor.core.window import Window
from editor.core.working_space import LUMINANCE, srgb_encode

_SIDE = 256
_MIDDLE = 0.16
_FLOOR = 2.0**-12
_BRIGHT_SHARE = 99.0
_BRIGHT_LIMIT = 1.8
_MOST_UP, _MOST_DOWN = 3.0, -1.5
_ENDS = (0.5, 99.5)
_BLACK_END, _WHITE_END = 0.02, 0.98


def auto_exposure(picture: Picture, recipe: Recipe) -> Exposure:
    """The exposure that brings the geometric mean of the cut's luminance to a middle grey.

    Never so much that the brightest hundredth goes beyond what the roll-off still holds, and within limits
    that keep a night a night; rounded to a step of the slider.

    Args:
        picture: The decoded photo at any size.
        recipe: Its crop is kept to; what else it holds is not looked at.
    """
    luminance = _luminance(picture, recipe)
    mean = 2.0 ** float(np.mean(np.log2(np.maximum(luminance, _FLOOR))))
    wanted = np.log2(_MIDDLE / mean)
    bright = max(float(np.percentile(luminance, _BRIGHT_SHARE)), _FLOOR)
    if wanted > 0:
        wanted = min(wanted, max(0.0, np.log2(_BRIGHT_LIMIT / bright)))
    steps = round(float(np.clip(wanted, _MOST_DOWN, _MOST_UP)) / EV.step)
    return Exposure(round(steps * EV.step, EV.decimals))


def auto_levels(picture: Picture, recipe: Recipe) -> Tone:
    """The recipe's tone with whites and blacks that bring the ends of the histogram near white and black.

    Args:
        picture: The decoded photo at any size.
        recipe: Its crop and exposure are kept to; its other tone is kept.
    """
    luminance = _luminance(picture, recipe) * light_gain(recipe.exposure)
    rolled = roll_off(luminance, light_gain(recipe.exposure))
    low, high = (np.array(float(np.percentile(rolled, share))) for share in _ENDS)
    whites = _nearest(recipe.tone, "whites", high, _WHITE_END)
    blacks = _nearest(recipe.tone.with_(whites=whites), "blacks", low, _BLACK_END)
    return recipe.tone.with_(whites=whites, blacks=blacks)


def _nearest(tone: Tone, name: str, linear: NDArray[np.float64], wanted: float) -> float:
    """The setting under which a tone comes nearest to an encoded lightness."""
    settings = np.arange(-100.0, 101.0)
    reached = [
        float(srgb_encode(tone_curve(tone.with_(**{name: setting}), 1.0, linear))) for setting in settings
    ]
    distance = np.abs(np.array(reached) - wanted) + 1e-5 * np.abs(settings)
    return float(settings[int(np.argmin(distance))])


def _luminance(picture: Picture, recipe: Recipe) -> NDArray[np.float64]:
    space, picture = space_of(picture)
    full_size = (picture.full_width, picture.full_height)
    decoded = min(1.0, max(picture.width / full_size[0], picture.height / full_size[1]))
    frame = make_frame(recipe.crop, full_size, (_SIDE, _SIDE), decoded)
    linear = LinearSource(picture, space, frame).fetch(Window(0, 0, frame.width, frame.height))
    luminance = linear.astype(np.float64) @ LUMINANCE[0].astype(np.float64)
    return np.asarray(np.maximum(luminance, 0.0), dtype=np.float64)
