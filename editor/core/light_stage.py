"""Every operation on the light of single pixels, in one pass over the picture.

White balance and exposure are one matrix; highlights, shadows and clarity one gain; roll-off, contrast,
whites and blacks one curve; vibrance and saturation follow.
"""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.clarity import Clarity, detail_gain
from editor.core.color_mix import mix_colors
from editor.core.curve_table import CurveTable, look_up, scaled_index, spaced_table
from editor.core.exposure import light_gain
from editor.core.local_base import LocalBase, lightness
from editor.core.planes import extremes, merged, planes_of
from editor.core.recipe import Recipe
from editor.core.tone import Tone, local_stops, tone_curve
from editor.core.white_balance import balance_matrix
from editor.core.window import Window
from editor.core.working_space import LUMINANCE, Linear, Matrix, Plane

_DARKEST, _BRIGHTEST = -12.0, 4.0
_PER_STOP = 65535.0 / (_BRIGHTEST - _DARKEST)
_OCTAVE = float(np.log(2.0))
_TINY = 1e-6

_KEPT = 8
"""Tables that are kept: while one slider moves, those of the others stay."""


def is_local(recipe: Recipe) -> bool:
    """Whether the surroundings of a pixel matter, so that a proxy is needed."""
    return recipe.tone.is_local or not recipe.clarity.is_neutral


def changes_light(recipe: Recipe) -> bool:
    """Whether any operation of this pass is set."""
    return not all(
        operation.is_neutral
        for operation in (
            recipe.white_balance,
            recipe.exposure,
            recipe.tone,
            recipe.clarity,
            recipe.color_mix,
        )
    )


def light_matrix(recipe: Recipe) -> Matrix:
    """White balance and exposure together, 3 x 3 on linear working pixels."""
    return balance_matrix(recipe.white_balance) * light_gain(recipe.exposure)


class LightStage:
    """The pass with everything that is the same for all pixels worked out before.

    Args:
        recipe: The recipe; its operations outside this pass are not looked at.
        base: The surroundings, found under this recipe's ``light_matrix``; only where ``is_local``.
        precise: Whether more than 8 bits are wanted.
    """

    def __init__(self, recipe: Recipe, base: LocalBase | None, precise: bool) -> None:
        self._matrix: Matrix = light_matrix(recipe)
        self._precise = precise
        self._mix = None if recipe.color_mix.is_neutral else recipe.color_mix
        self._base = base
        self._detail = None
        if base is not None:
            if not recipe.clarity.is_neutral:
                self._detail = _detail_table(recipe.clarity)
            self._gain = _gain_table(recipe.tone, self._detail is None)
        self._curve = _curve(recipe)
        self._to_planes = self._matrix if self._curve is None else self._matrix * self._curve.scale

    def __call__(self, linear: Linear, window: Window, size: tuple[int, int]) -> Linear:
        """Works on a part of the picture.

        Args:
            linear: Shape (H, W, 3), the part.
            window: Where it lies.
            size: Width and height of the whole rendering.
        """
        planes = planes_of(linear, self._to_planes)
        if self._base is not None:
            gain = self._local_gain(linear, self._base, window, size)
            for plane in planes:
                cv2.multiply(plane, gain, dst=plane)
        if self._curve is not None:
            planes = _toned(planes, self._curve, self._precise)
        lit = merged(planes)
        return lit if self._mix is None else mix_colors(lit, self._mix)

    def _local_gain(self, linear: Linear, found: LocalBase, window: Window, size: tuple[int, int]) -> Plane:
        """What each pixel's light is multiplied by for its surroundings; shape (H, W)."""
        stops = lightness(linear, LUMINANCE @ self._matrix)
        base = found.of(stops, window, size)
        index = scaled_index(base, _PER_STOP, -_DARKEST * _PER_STOP)
        gain = look_up(self._gain, index)
        if self._detail is None:
            return gain
        cv2.accumulateProduct(look_up(self._detail, index), cv2.subtract(stops, base, dst=stops), gain)
        return np.asarray(cv2.exp(gain, dst=gain))


@lru_cache(maxsize=_KEPT)
def _detail_table(clarity: Clarity) -> NDArray[np.float32]:
    """What clarity does to detail, by the lightness of the surroundings."""
    return spaced_table(lambda base: detail_gain(clarity, base) * _OCTAVE, _DARKEST, _BRIGHTEST)


@lru_cache(maxsize=_KEPT)
def _gain_table(tone: Tone, alone: bool) -> NDArray[np.float32]:
    """What light is multiplied by for highlights and shadows, or its logarithm where clarity is added."""

    def gain(base: NDArray[np.float64]) -> NDArray[np.float64]:
        stops = local_stops(tone, base) * _OCTAVE
        return np.asarray(np.exp(stops) if alone else stops)

    return spaced_table(gain, _DARKEST, _BRIGHTEST)


def _curve(recipe: Recipe) -> CurveTable | None:
    """Half of the tone curve, as ``_toned`` wants it; None where it changes nothing."""
    brightest = local_stops(recipe.tone, np.zeros(1))[0]
    white = max(1.0, light_gain(recipe.exposure) * 2.0 ** max(0.0, float(brightest)))
    if white <= 1.0 and not recipe.tone.is_global:
        return None
    return _curve_table(recipe.tone, white)


@lru_cache(maxsize=_KEPT)
def _curve_table(tone: Tone, white: float) -> CurveTable:
    return CurveTable(lambda linear: 0.5 * tone_curve(tone, white, linear), white)


def _toned(planes: list[Plane], curve: CurveTable, precise: bool) -> list[Plane]:
    """The curve, halfway between two ways to treat colours, which agree on greys.

    One way looks up every channel, which turns bright orange into yellow; the other looks up the largest
    and the smallest and leaves the third its place between them (DNG specification 1.6, chapter 6), which
    turns it into salmon. Halfway, bright colours run out to white as on film and keep their name. The curve
    rises, so the largest of what was looked up is what the largest leads to.

    Args:
        planes: Red, green and blue, each shape (H, W), times the curve's scale.
        curve: Half of the curve, so that the halves of both ways only have to be added.
        precise: Whether more than 8 bits are wanted.
    """
    curved = [curve.scaled(plane, precise=precise) for plane in planes]
    largest, smallest = extremes(planes)
    high, low = extremes(curved)
    spread = cv2.subtract(largest, smallest, dst=largest)
    np.maximum(spread, np.float32(_TINY * curve.scale), out=spread)
    gain = cv2.divide(cv2.subtract(high, low, dst=high), spread, dst=high)
    offset = cv2.subtract(low, cv2.multiply(smallest, gain, dst=smallest), dst=low)
    for plane, found in zip(planes, curved, strict=True):
        cv2.accumulateProduct(plane, gain, found)
        cv2.add(found, offset, dst=found)
    return curved
