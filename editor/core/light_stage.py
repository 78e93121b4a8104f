"""Every operation on the light of single pixels, in one pass over the picture.

White balance and exposure are one matrix; highlights, shadows and clarity one gain; roll-off, contrast,
whites and blacks one curve; vibrance and saturation follow.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.clarity import detail_gain
from editor.core.color_mix import mix_colors
from editor.core.curve_table import CurveTable, look_up
from editor.core.exposure import light_gain
from editor.core.local_base import LocalBase, find_base, lightness
from editor.core.recipe import Recipe
from editor.core.tone import local_stops, tone_curve
from editor.core.white_balance import balance_matrix
from editor.core.window import Window
from editor.core.working_space import Linear, Plane

_DARKEST, _BRIGHTEST = -12.0, 4.0
_PER_STOP = 65535.0 / (_BRIGHTEST - _DARKEST)
_OCTAVE = float(np.log(2.0))


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


class LightStage:
    """The pass with everything that is the same for all pixels worked out before.

    Args:
        recipe: The recipe; its operations outside this pass are not looked at.
        proxy: The picture at the side of ``local_base.PROXY_SIDE``, only where ``is_local``.
        full_side: The longest side of the whole, uncropped photo in pixels of the proxy.
        precise: Whether more than 8 bits are wanted.
    """

    def __init__(self, recipe: Recipe, proxy: Linear | None, full_side: float, precise: bool) -> None:
        self._matrix = balance_matrix(recipe.white_balance) * light_gain(recipe.exposure)
        self._moves_light = not (recipe.white_balance.is_neutral and recipe.exposure.is_neutral)
        self._precise = precise
        self._mix = None if recipe.color_mix.is_neutral else recipe.color_mix
        self._base: LocalBase | None = None
        if proxy is not None and is_local(recipe):
            self._base = find_base(self._lit(proxy), full_side)
            self._stops = _stops_table(lambda base: local_stops(recipe.tone, base))
            self._detail = _stops_table(lambda base: detail_gain(recipe.clarity, base))
        self._curve = _curve(recipe)

    def __call__(self, linear: Linear, window: Window, size: tuple[int, int]) -> Linear:
        """Works on a part of the picture.

        Args:
            linear: Shape (H, W, 3), the part.
            window: Where it lies.
            size: Width and height of the whole rendering.
        """
        lit = self._lit(linear)
        if self._base is not None:
            lit = self._locally_lit(lit, self._base, window, size)
        if self._curve is not None:
            lit = _toned(lit, self._curve, self._precise)
        return lit if self._mix is None else mix_colors(lit, self._mix)

    def _lit(self, linear: Linear) -> Linear:
        return np.asarray(cv2.transform(linear, self._matrix)) if self._moves_light else linear

    def _locally_lit(self, lit: Linear, found: LocalBase, window: Window, size: tuple[int, int]) -> Linear:
        stops = lightness(lit)
        base = found.of(stops, window, size)
        index = cv2.multiply(base - np.float32(_DARKEST), _PER_STOP, dtype=cv2.CV_16U)
        change = look_up(self._stops, index) + look_up(self._detail, index) * (stops - base)
        gain = cv2.exp(change * np.float32(_OCTAVE))
        return np.asarray(cv2.multiply(lit, cv2.merge([gain, gain, gain])))


def _stops_table(curve: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> NDArray[np.float32]:
    return curve(np.linspace(_DARKEST, _BRIGHTEST, 65536)).astype(np.float32)[np.newaxis]


def _curve(recipe: Recipe) -> CurveTable | None:
    brightest = local_stops(recipe.tone, np.zeros(1))[0]
    white = max(1.0, light_gain(recipe.exposure) * 2.0 ** max(0.0, float(brightest)))
    if white <= 1.0 and not recipe.tone.is_global:
        return None
    return CurveTable(lambda linear: tone_curve(recipe.tone, white, linear), white)


def _toned(linear: Linear, curve: CurveTable, precise: bool) -> Linear:
    """The curve, halfway between two ways to treat colours, which agree on greys.

    One way looks up every channel, which turns bright orange into yellow; the other looks up the largest
    and the smallest and leaves the third its place between them (DNG specification 1.6, chapter 6), which
    turns it into salmon. Halfway, bright colours run out to white as on film and keep their name.
    """
    red, green, blue = cv2.split(linear)
    largest = cv2.max(cv2.max(red, green), blue)
    smallest = cv2.min(cv2.min(red, green), blue)
    low = curve(smallest, precise=precise)
    slope: Plane = (curve(largest, precise=precise) - low) / np.maximum(largest - smallest, np.float32(1e-6))
    gain: Plane = slope * np.float32(0.5)
    offset: Plane = low * np.float32(0.5) - smallest * gain
    placed = cv2.merge([red * gain + offset, green * gain + offset, blue * gain + offset])
    return np.asarray(cv2.scaleAdd(curve(linear, precise=precise), 0.5, placed))
