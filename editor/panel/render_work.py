"""What the renderer's thread does with one request: decode, render, convert for the screen; no widget."""

from dataclasses import dataclass, replace
from math import ceil
from os import cpu_count
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from editor.core.auto_tone import auto_exposure, auto_levels
from editor.core.color import to_monitor8
from editor.core.color_space import SRGB, space_of
from editor.core.exposure import Exposure
from editor.core.frame import make_frame
from editor.core.histogram import Histogram, measure_histogram
from editor.core.jobs import Cancellation
from editor.core.pixels import Picture
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.render import Fineness, RenderSettings, render
from editor.core.source import LinearSource
from editor.core.stage_cache import StageCache
from editor.core.tone import Tone
from editor.core.white_balance import WhiteBalance, pick_grey
from editor.core.window import Window
from editor.panel.clipping_overlay import clipping_overlay
from editor.panel.edit_source import AveragedCopy, EditSource
from editor.panel.monitor import rendering_space
from editor.panel.pace import Moved, Pace
from editor.panel.qimage import to_qimage
from editor.panel.render_request import Rendered, RenderKind, RenderRequest, Tool, ToolRequest

_FINER = 2
_FINENESS = {RenderKind.SETTLED: Fineness.TWICE, RenderKind.EXACT: Fineness.FULL}
_PICK_SIDE = 512
_PICK_REACH = 2


@dataclass(frozen=True, slots=True)
class ToolAnswer:
    """What a tool found.

    Attributes:
        request: What it answers.
        found: The operation to put into the recipe; None where there is none.
        reason: Why there is none, in words.
    """

    request: ToolRequest
    found: Exposure | Tone | WhiteBalance | None
    reason: str = ""


class RenderWork:
    """Called on the one thread of the renderer; keeps decoded pictures and stages between calls."""

    def __init__(self) -> None:
        self._source, self._copy = EditSource(), AveragedCopy()
        self._stages = StageCache()
        self._pace = Pace()
        self._moved: tuple[Recipe, Moved] = (NEUTRAL, frozenset())

    def __call__(
        self, request: RenderRequest | ToolRequest, cancellation: Cancellation
    ) -> Rendered | ToolAnswer:
        """Renders, or works out a starting point.

        Raises:
            PhotoError: The photo cannot be read.
            JobCancelled: Nobody waits any more.
        """
        if isinstance(request, ToolRequest):
            return self._tool(request)
        return self._rendered(request, cancellation)

    def _rendered(self, request: RenderRequest, cancellation: Cancellation) -> Rendered:
        picture = self._picture(request)
        cancellation.raise_if_cancelled()
        if not request.moving:
            return self._made(request, picture, 1.0, cancellation)
        moved = self._what_moves(request.recipe)
        share, began = self._pace.share(moved), perf_counter()
        found = self._made(request, picture, share, cancellation)
        self._pace.note(moved, share, perf_counter() - began)
        return found

    def _made(
        self, request: RenderRequest, picture: Picture, share: float, cancellation: Cancellation
    ) -> Rendered:
        """One rendering, its sides that share of the room for it."""
        fit = (ceil(request.box[0] * share), ceil(request.box[1] * share))
        settings = RenderSettings(fit=fit, space=rendering_space(request.monitor), dtype=np.uint8)
        if request.region is not None:
            settings = replace(settings, fit=None, region=_inside(request, picture))
        elif request.moving:
            settings = replace(settings, fineness=Fineness.DRAFT)
        elif request.kind in _FINENESS:
            settings = replace(settings, fineness=_FINENESS[request.kind])
            if request.kind is RenderKind.EXACT:
                settings = replace(settings, threads=max(1, (cpu_count() or 1) // 2))
        made = render(picture, request.recipe, settings, self._stages, cancellation)
        cancellation.raise_if_cancelled()
        return Rendered(
            request,
            to_qimage(to_monitor8(made, request.monitor)),
            (made.full_width, made.full_height),
            (picture.full_width, picture.full_height),
            _histogram(made, request) if request.region is None else None,
            clipping_overlay(to_qimage(in_srgb8(made))) if request.marked and request.monitor else None,
            coarse=share < 1.0 and (made.width < made.full_width or made.height < made.full_height),
            exact=_is_exact(settings, picture, made, request.recipe),
        )

    def _what_moves(self, recipe: Recipe) -> Moved:
        """The operations that differ from those of the last picture; the same again if none does."""
        before, known = self._moved
        differing = frozenset(
            operation.NAME for operation, other in zip(recipe, before, strict=True) if operation != other
        )
        self._moved = (recipe, differing or known)
        return self._moved[1]

    def _picture(self, request: RenderRequest) -> Picture:
        crop = request.recipe.crop
        if request.region is not None or request.kind is RenderKind.EXACT:
            return self._source.picture(request.path, crop, None)
        finer = (_FINER * request.box[0], _FINER * request.box[1])
        picture = self._source.picture(request.path, crop, finer)
        return self._copy.of(picture, crop, finer, moving=request.moving)

    def _tool(self, request: ToolRequest) -> ToolAnswer:
        picture = self._source.picture(request.path, request.recipe.crop, (_PICK_SIDE, _PICK_SIDE))
        if request.tool is Tool.AUTO_EXPOSURE:
            return ToolAnswer(request, auto_exposure(picture, request.recipe))
        if request.tool is Tool.AUTO_LEVELS:
            return ToolAnswer(request, auto_levels(picture, request.recipe))
        try:
            return ToolAnswer(request, picked_grey(picture, request.recipe, request.place))
        except ValueError as error:
            return ToolAnswer(request, None, str(error))


def _is_exact(settings: RenderSettings, picture: Picture, made: Picture, recipe: Recipe) -> bool:
    """Whether a rendering is the export scaled down: of all pixels, or of colours that nothing changes."""
    if settings.fineness not in _FINENESS.values():
        return False
    if recipe.keeps_colors and not recipe.crop.angle:
        return True
    if settings.fineness is Fineness.TWICE and 2 * made.width < made.full_width:
        return False
    return picture.width >= picture.full_width and picture.height >= picture.full_height


def _histogram(made: Picture, request: RenderRequest) -> Histogram:
    """The histogram in sRGB; of every other row while a hand moves a slider."""
    rows = made.pixels[::_FINER] if request.moving else made.pixels
    return measure_histogram(in_srgb8(replace(made, pixels=rows)))


def in_srgb8(made: Picture) -> NDArray[np.uint8]:
    """A rendered picture as it would be rendered in sRGB, for counts and marks."""
    if made.profile in (None, SRGB.profile):
        return np.asarray(made.pixels, dtype=np.uint8)
    settings = RenderSettings(space=SRGB, dtype=np.uint8)
    plain = Picture(made.pixels, made.profile, made.pixels.shape[1], made.pixels.shape[0])
    return np.asarray(render(plain, NEUTRAL, settings).pixels, dtype=np.uint8)


def picked_grey(picture: Picture, recipe: Recipe, place: tuple[float, float]) -> WhiteBalance:
    """The white balance that makes a spot grey.

    Args:
        picture: The decoded photo.
        recipe: Only its crop is looked at.
        place: The spot as fractions of the cut's width and height.

    Raises:
        ValueError: if there is no grey in the spot; says why.
    """
    space, picture = space_of(picture)
    full = (picture.full_width, picture.full_height)
    decoded = min(1.0, max(picture.width / full[0], picture.height / full[1]))
    frame = make_frame(recipe.crop, full, (_PICK_SIDE, _PICK_SIDE), decoded)
    column = min(frame.width - 1, max(0, int(place[0] * frame.width)))
    row = min(frame.height - 1, max(0, int(place[1] * frame.height)))
    spot = Window(column, row, 1, 1).grown(_PICK_REACH, (frame.width, frame.height))
    linear = LinearSource(picture, space, frame).fetch(spot)
    return pick_grey(linear.reshape(-1, 3).mean(axis=0))


def _inside(request: RenderRequest, picture: Picture) -> Window:
    """The region, cut off at the borders of the full-size result."""
    frame = make_frame(request.recipe.crop, (picture.full_width, picture.full_height), None)
    wanted = request.region or Window(0, 0, frame.width, frame.height)
    left = min(max(0, wanted.left), frame.width - 1)
    top = min(max(0, wanted.top), frame.height - 1)
    return Window(left, top, min(wanted.width, frame.width - left), min(wanted.height, frame.height - top))
