"""Renders a recipe: the one function behind preview, 100 % view and export.

It must not decode or write files.
"""

from dataclasses import dataclass, replace
from enum import Enum
from os import cpu_count

import cv2
import numpy as np

from editor.core.band_rendering import BandRendering
from editor.core.cancellation import Cancellation
from editor.core.color_space import SRGB, ColorSpace, space_of
from editor.core.frame import Frame, make_frame
from editor.core.pixels import Picture, Pixels
from editor.core.recipe import Recipe
from editor.core.render_stages import make_stages
from editor.core.sharpen import Sharpen
from editor.core.source import LinearSource, exact_pixels
from editor.core.stage_cache import StageCache
from editor.core.window import Window


class Fineness(Enum):
    """How finely a preview is computed before it is scaled to its size.

    The mean of a curve is not the curve of the mean: where fine texture runs into the roll-off of highlights,
    is sharpened or straightened, a plain preview may differ visibly from the export scaled down (measured on
    recipes that set everything: CIEDE2000 up to 2.7 at the 99th percentile, 0.4 on average).
    """

    DRAFT = "draft"
    """At its own size, straightened less exactly: while a slider moves."""
    PLAIN = "plain"
    """At its own size."""
    TWICE = "twice"
    """Twice as large, four times the work: as soon as the slider rests."""
    FULL = "full"
    """From every decoded pixel; of a picture decoded in full it is the export scaled down."""


_FINER = frozenset({Fineness.TWICE, Fineness.FULL})


@dataclass(frozen=True, slots=True)
class RenderSettings:
    """How a recipe is rendered; nothing here changes how the picture looks.

    Attributes:
        fit: Width and height the result must fit into; it is never enlarged. None: full size.
        region: A part of that result, for the 100 % view; None: all of it.
        space: The colour space of the result; None: the picture's own.
        dtype: uint8, uint16 or float32; None: the picture's own.
        fineness: How finely a preview is computed; ``TWICE`` and ``FULL`` only with ``fit`` and without a
            region and ``output_sharpen``.
        output_sharpen: A last sharpening for the output, its radius in pixels of the result.
        threads: How many threads work; None: one for each core.
    """

    fit: tuple[int, int] | None = None
    region: Window | None = None
    space: ColorSpace | None = None
    dtype: type[np.uint8] | type[np.uint16] | type[np.float32] | None = None
    fineness: Fineness = Fineness.PLAIN
    output_sharpen: Sharpen | None = None
    threads: int | None = None

    def __post_init__(self) -> None:
        whole = self.fit is not None and self.region is None and self.output_sharpen is None
        if self.fineness in _FINER and not whole:
            raise ValueError("a finer preview has a size, no region and no output sharpening")


def rendered_size(picture: Picture, recipe: Recipe, fit: tuple[int, int] | None = None) -> tuple[int, int]:
    """Width and height of what ``render`` returns, without rendering."""
    frame = _frame(picture, recipe, fit)
    return frame.width, frame.height


def render(
    picture: Picture,
    recipe: Recipe,
    settings: RenderSettings | None = None,
    cache: StageCache | None = None,
    cancellation: Cancellation | None = None,
) -> Picture:
    """Renders a picture by a recipe.

    A neutral recipe returns the picture itself, or exactly its pixels where the crop only turns and cuts.
    Everything else is computed in float32 and rounded once at the end, in bands with a margin as wide as
    the operations look, so that size, bands and threads do not show.

    Args:
        picture: The decoded photo; may be decoded smaller than full size for a smaller result.
        recipe: What to do.
        settings: Size, colour space and depth of the result.
        cache: Where the results of stages are kept for the next rendering: for previews, in which one
            slider moves at a time. Without one, memory stays small: for exports.
        cancellation: Asked between stages and bands.

    Returns:
        The result; its full size is that of the recipe's cut.

    Raises:
        JobCancelled: if cancelled.
    """
    settings = settings or RenderSettings()
    frame = _frame(picture, recipe, settings.fit)
    exact = _unchanged(picture, recipe, settings, frame)
    if exact is not None:
        return exact
    if settings.fineness in _FINER:
        return _averaged(picture, recipe, settings, cancellation)
    own, picture = space_of(picture)
    space = settings.space or own
    dtype = np.dtype(settings.dtype or picture.pixels.dtype)
    stages = make_stages(picture, own, recipe, frame, settings.output_sharpen, dtype != np.uint8, cache)
    draft = settings.fineness is Fineness.DRAFT
    source = LinearSource(picture, own, frame, cache, draft=draft)
    work = BandRendering(
        source, stages, frame, settings.threads or cpu_count() or 1, cancellation or Cancellation()
    )
    window = settings.region or Window(0, 0, frame.width, frame.height)
    if cache is None:
        pixels = work.whole(window, space, dtype)
    else:
        pixels = work.begun(window, space, dtype, cache, ((picture, frame, draft), recipe.crop))
    profile = picture.profile if space is own else space.profile
    return Picture(pixels, profile, frame.cut_width, frame.cut_height)


def _averaged(
    picture: Picture, recipe: Recipe, settings: RenderSettings, cancellation: Cancellation | None
) -> Picture:
    """A finer rendering scaled down; nothing of it is kept, as that would push out what previews need."""
    frame = _frame(picture, recipe, settings.fit)
    fit = (2 * frame.width, 2 * frame.height) if settings.fineness is Fineness.TWICE else None
    plain = replace(settings, fineness=Fineness.PLAIN, fit=fit)
    finer = render(picture, recipe, plain, None, cancellation)
    pixels: Pixels = cv2.resize(finer.pixels, (frame.width, frame.height), interpolation=cv2.INTER_AREA)
    return replace(finer, pixels=pixels)


def _frame(picture: Picture, recipe: Recipe, fit: tuple[int, int] | None) -> Frame:
    decoded = max(picture.width / picture.full_width, picture.height / picture.full_height)
    return make_frame(recipe.crop, (picture.full_width, picture.full_height), fit, min(1.0, decoded))


def _unchanged(picture: Picture, recipe: Recipe, settings: RenderSettings, frame: Frame) -> Picture | None:
    """The result where the picture's own values are the answer; None where anything has to be computed."""
    own = picture.profile is None and settings.space is SRGB
    keeps_space = settings.space is None or own
    keeps_depth = settings.dtype is None or picture.pixels.dtype == settings.dtype
    if not (recipe.keeps_colors and keeps_space and keeps_depth and settings.output_sharpen is None):
        return None
    pixels: Pixels | None = exact_pixels(picture, frame)
    if pixels is None:
        return None
    if settings.region is not None:
        whole = Window(0, 0, frame.width, frame.height)
        pixels = np.ascontiguousarray(pixels[settings.region.within(whole)])
    elif recipe.is_neutral:
        return picture
    return Picture(pixels, picture.profile, frame.cut_width, frame.cut_height)
