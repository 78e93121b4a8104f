"""What the editor asks its renderer for and what comes back: plain values, no thread."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from pathlib import Path

from PySide6.QtGui import QImage

from editor.core.histogram import Histogram
from editor.core.recipe import Recipe
from editor.core.window import Window
from editor.panel.monitor import monitor_profile


class RenderKind(IntEnum):
    """What a rendering is for; the lower is wanted sooner."""

    PREVIEW = 0
    """The fitted picture while a slider moves."""
    DETAIL = 1
    """The visible part at 100 %."""
    BEFORE = 2
    """The fitted picture with nothing but its crop."""
    BEFORE_DETAIL = 3
    """The same at 100 %."""
    SETTLED = 4
    """The fitted picture, computed twice as fine, once the slider rests."""
    EXACT = 5
    """The fitted picture from every pixel of the photo, as it is exported, when nothing else is to do."""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One rendering.

    Attributes:
        kind: What it is for.
        path: The photo.
        recipe: What to do.
        box: The room for the fitted picture in device pixels; also with a region, for which it says how
            large the fitted picture is that stands in meanwhile.
        region: The part of the full-size result for the kinds at 100 %; None for the fitted kinds.
        monitor: The ICC profile of the monitor it is shown on; None means sRGB.
        moving: Whether a hand moves a slider now, so that a coarser picture in time is better than a fine one
            too late; only for PREVIEW.
        marked: Whether lost highlights and shadows are marked on it.
    """

    kind: RenderKind
    path: Path
    recipe: Recipe
    box: tuple[int, int]
    region: Window | None = None
    monitor: bytes | None = field(default_factory=monitor_profile)
    moving: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendering for the screen.

    Attributes:
        request: What it answers.
        image: The pixels.
        full_size: Width and height of the whole result in full size.
        photo_size: Width and height of the upright photo before any crop.
        histogram: Of a fitted picture in sRGB; None for parts.
        lost: What marks lost highlights and shadows on it; None where the image itself says so, in sRGB, or
            where nobody asked.
        coarse: Whether it is smaller than there is room for, because a hand moves a slider.
        exact: Whether it is the export scaled down, so that nothing finer is to come.
    """

    request: RenderRequest
    image: QImage
    full_size: tuple[int, int]
    photo_size: tuple[int, int]
    histogram: Histogram | None
    lost: QImage | None = None
    coarse: bool = False
    exact: bool = False


class Tool(StrEnum):
    """A starting point that is worked out from the pixels."""

    AUTO_EXPOSURE = "auto_exposure"
    AUTO_LEVELS = "auto_levels"
    PICK_GREY = "pick_grey"


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """One starting point.

    Attributes:
        tool: Which.
        path: The photo.
        recipe: Its recipe so far.
        place: For the grey picker, the spot as fractions of the cut's width and height.
    """

    tool: Tool
    path: Path
    recipe: Recipe
    place: tuple[float, float] = (0.5, 0.5)
