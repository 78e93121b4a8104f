"""Every operation on the light of single pixels, in one pass over the picture.

White balance and exposure are one matrix; highlights, shadows and clarity one gain; roll-off, contrast,
whites and blacks one curve; vibrance and saturation follow.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.clarity import detail_gain
from editor.core.color_mix import mix_colors
from editor.core.curve_table import CurveTable, look_up, scaled_index
from editor.core.exposure import light_gain
from editor.core.local_base import LocalBase, find_base, lightness
from editor.core.planes import extremes, merged, planes_of
from editor.core.recipe import Recipe
from editor.core.tone import local_stops, tone_curve
from editor.core.white_balance import balance_matrix
from editor.core.window import Window
from editor.core.working_space import LUMINANCE, Linear, Matrix, Plane

_DARKEST, _BRIGHTEST = -12.0, 4.0
_PER_STOP = 65535.0 / (_BRIGHTEST - _DARKEST)
_OCTAVE = float(np.log(2.0))
_TINY = 1e-6


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
        self._matrix: Matrix = balance_matrix(recipe.white_balance) * light_gain(recipe.exposure)
        self._moves_light = not (recipe.white_balance.is_neutral and recipe.exposure.is_neutral)
        self._precise = precise
        self._mix = None if recipe.color_mix.is_neutral else recipe.color_mix
        self._base: LocalBase | None = None
        if proxy is not None and is_local(recipe):
            self._base = find_base(self._lit(proxy), full_side)
            base = np.linspace(_DARKEST, _BRIGHTEST, 65536)
            stops = local_stops(recipe.tone, base) * _OCTAVE
            self._detail = None
            if not recipe.clarity.is_neutral:
                self._detail = _table(detail_gain(recipe.clarity, base) * _OCTAVE)
            self._gain = _table(stops if self._detail is not None else np.exp(stops))
        self._curve = _curve(recipe)

    def __call__(self, linear: Linear, window: Window, size: tuple[int, int]) -> Linear:
        """Works on a part of the picture.

        Args:
            linear: Shape (H, W, 3), the part.
            window: Where it lies.
            size: Width and height of the whole rendering.
        """
        planes = planes_of(linear, self._matrix)
        if self._base is not None:
            gain = self._local_gain(linear, self._base, window, size)
            planes = [cv2.multiply(plane, gain) for plane in planes]
        if self._curve is not None:
            planes = _toned(planes, self._curve, self._precise)
        lit = merged(planes)
        return lit if self._mix is None else mix_colors(lit, self._mix)

    def _lit(self, linear: Linear) -> Linear:
        return np.asarray(cv2.transform(linear, self._matrix)) if self._moves_light else linear

    def _local_gain(self, linear: Linear, found: LocalBase, window: Window, size: tuple[int, int]) -> Plane:
        """What each pixel's light is multiplied by for its surroundings; shape (H, W)."""
        stops = lightness(linear, LUMINANCE @ self._matrix)
        base = found.of(stops, window, size)
        index = scaled_index(base, _PER_STOP, -_DARKEST * _PER_STOP)
        gain = look_up(self._gain, index)
        if self._detail is None:
            return gain
        detail = cv2.multiply(look_up(self._detail, index), cv2.subtract(stops, base))
        return np.asarray(cv2.exp(cv2.add(detail, gain)))


def _table(values: NDArray[np.float64]) -> NDArray[np.float32]:
    return values.astype(np.float32)[np.newaxis]


def _curve(recipe: Recipe) -> CurveTable | None:
    brightest = local_stops(recipe.tone, np.zeros(1))[0]
    white = max(1.0, light_gain(recipe.exposure) * 2.0 ** max(0.0, float(brightest)))
    if white <= 1.0 and not recipe.tone.is_global:
        return None
    return CurveTable(lambda linear: tone_curve(recipe.tone, white, linear), white)


def _toned(planes: list[Plane], curve: CurveTable, precise: bool) -> list[Plane]:
    """The curve, halfway between two ways to treat colours, which agree on greys.

    One way looks up every channel, which turns bright orange into yellow; the other looks up the largest
    and the smallest and leaves the third its place between them (DNG specification 1.6, chapter 6), which
    turns it into salmon. Halfway, bright colours run out to white as on film and keep their name. The curve
    rises, so the largest of what was looked up is what the largest leads to.
    """
    curved = [curve(plane, precise=precise) for plane in planes]
    largest, smallest = extremes(planes)
    high, low = extremes(curved)
    spread = cv2.max(cv2.subtract(largest, smallest), _TINY)
    gain = cv2.divide(cv2.subtract(high, low), spread, scale=0.5)
    offset = cv2.addWeighted(low, 0.5, cv2.multiply(smallest, gain), -1.0, 0.0)
    return [
        cv2.scaleAdd(found, 0.5, cv2.add(cv2.multiply(plane, gain), offset))
        for plane, found in zip(planes, curved, strict=True)
    ]
