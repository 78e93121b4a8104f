"""What the renderer's thread does with one request: decode, render, convert for the screen; no widget."""

from dataclasses import dataclass, replace

import numpy as np

from editor.core.auto_tone import auto_exposure, auto_levels
from editor.core.color import to_monitor8, to_srgb8
from editor.core.color_space import space_of
from editor.core.exposure import Exposure
from editor.core.frame import make_frame
from editor.core.histogram import measure_histogram
from editor.core.jobs import Cancellation
from editor.core.pixels import Picture
from editor.core.recipe import Recipe
from editor.core.render import RenderSettings, render
from editor.core.source import LinearSource
from editor.core.stage_cache import StageCache
from editor.core.tone import Tone
from editor.core.white_balance import WhiteBalance, pick_grey
from editor.core.window import Window
from editor.panel.clipping_overlay import clipping_overlay
from editor.panel.edit_source import EditSource
from editor.panel.monitor import rendering_space
from editor.panel.qimage import to_qimage
from editor.panel.render_request import Rendered, RenderKind, RenderRequest, Tool, ToolRequest

_FINER = 2
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
        self._source = EditSource()
        self._stages = StageCache()

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
        settings = RenderSettings(fit=request.box, space=rendering_space(request.monitor), dtype=np.uint8)
        if request.region is not None:
            settings = replace(settings, fit=None, region=_inside(request, picture))
        elif request.kind is RenderKind.SETTLED:
            settings = replace(settings, settled=True)
        made = render(picture, request.recipe, settings, self._stages, cancellation)
        cancellation.raise_if_cancelled()
        srgb8 = to_srgb8(made)
        return Rendered(
            request,
            to_qimage(to_monitor8(made, request.monitor)),
            (made.full_width, made.full_height),
            (picture.full_width, picture.full_height),
            measure_histogram(srgb8) if request.region is None else None,
            None if request.monitor is None else clipping_overlay(to_qimage(srgb8)),
        )

    def _picture(self, request: RenderRequest) -> Picture:
        if request.region is not None:
            return self._source.picture(request.path, request.recipe.crop, None)
        finer = (_FINER * request.box[0], _FINER * request.box[1])
        return self._source.picture(request.path, request.recipe.crop, finer)

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
