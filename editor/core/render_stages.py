"""The stages of a rendering after its pixels are fetched, only those that a recipe needs, in fixed order."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from editor.core.blur import blur, blur_reach
from editor.core.color_space import ColorSpace
from editor.core.frame import Frame, make_frame
from editor.core.light_stage import LightStage, changes_light, is_local, light_matrix
from editor.core.local_base import PROXY_SIDE, LocalBase, find_base
from editor.core.noise_reduction import noise_reach, reduce_noise
from editor.core.pixels import Picture
from editor.core.recipe import Recipe
from editor.core.sharpen import Sharpen, sharpen, sharpen_reach
from editor.core.source import LinearSource
from editor.core.stage_cache import StageCache
from editor.core.window import Window
from editor.core.working_space import Linear

_Run = Callable[[Linear, Window, tuple[int, int]], Linear]


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass over the picture.

    Attributes:
        key: Everything its result depends on besides its input.
        reach: How many pixels away it looks.
        run: Takes pixels, where they lie, and the size of the whole rendering.
    """

    key: Hashable
    reach: int
    run: _Run


def make_stages(
    picture: Picture,
    space: ColorSpace,
    recipe: Recipe,
    frame: Frame,
    output_sharpen: Sharpen | None,
    precise: bool,
    cache: StageCache | None,
) -> list[Stage]:
    """The stages of a recipe at the scale of a frame.

    Args:
        picture: The picture, from which a small copy is made where surroundings matter.
        space: Its colour space.
        recipe: What to do.
        frame: The rendering's frame.
        output_sharpen: A last sharpening with its radius in pixels of the rendering.
        precise: Whether more than 8 bits are wanted.
        cache: Where the small copy is kept, if anywhere.
    """
    scale = frame.scale
    stages: list[Stage] = []
    noise, soft, sharp = recipe.noise_reduction, recipe.blur, recipe.sharpen
    if not noise.is_neutral:
        stages.append(_stage(noise, noise_reach(scale), lambda linear: reduce_noise(linear, noise, scale)))
    if changes_light(recipe):
        light = _light_stage(picture, space, recipe, frame, precise, cache)
        key = (recipe.white_balance, recipe.exposure, recipe.tone, recipe.clarity, recipe.color_mix, precise)
        stages.append(Stage(key, 0, light))
    if not soft.is_neutral:
        stages.append(_stage(soft, blur_reach(soft, scale), lambda linear: blur(linear, soft, scale)))
    if not sharp.is_neutral:
        stages.append(_sharpening(sharp, scale))
    if output_sharpen is not None and not output_sharpen.is_neutral:
        stages.append(_sharpening(output_sharpen, 1.0))
    return stages


def _sharpening(stored: Sharpen, scale: float) -> Stage:
    reach = sharpen_reach(stored, scale)
    return _stage((stored, scale), reach, lambda linear: sharpen(linear, stored, scale))


def _stage(key: Hashable, reach: int, run: Callable[[Linear], Linear]) -> Stage:
    """A stage to which the place of its pixels means nothing."""
    return Stage(key, reach, lambda linear, _window, _size: run(linear))


def _light_stage(
    picture: Picture,
    space: ColorSpace,
    recipe: Recipe,
    frame: Frame,
    precise: bool,
    cache: StageCache | None,
) -> LightStage:
    if not is_local(recipe):
        return LightStage(recipe, None, precise)
    small = _proxy_frame(picture, recipe, frame)
    whole = Window(0, 0, small.width, small.height)
    full_side = max(frame.turned_width, frame.turned_height) * small.scale
    cache = cache or StageCache()
    source = LinearSource(picture, space, small, cache, draft=True)
    proxy = cache.find((picture, small, "proxy"), lambda: source.fetch(whole))

    def found() -> NDArray[np.float32]:
        base = find_base(proxy, light_matrix(recipe), full_side)
        return np.stack([base.slope, base.offset])

    slope, offset = cache.find((picture, small, recipe.white_balance, recipe.exposure, "base"), found)
    return LightStage(recipe, LocalBase(slope, offset), precise)


def _proxy_frame(picture: Picture, recipe: Recipe, frame: Frame) -> Frame:
    """The same cut at a fixed size, so that every rendering of it has the same surroundings."""
    full_size = (picture.full_width, picture.full_height)
    decoded = min(1.0, max(picture.width / full_size[0], picture.height / full_size[1]))
    fitting = make_frame(recipe.crop, full_size, (PROXY_SIDE, PROXY_SIDE), decoded)
    return replace(frame, width=fitting.width, height=fitting.height)
