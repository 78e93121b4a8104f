"""Asks the renderer for what is on show of a draft, and brings its pictures on screen; edits nothing."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.edit_desk import EditDesk
from editor.core.crop import Crop
from editor.core.frame import make_frame
from editor.core.recipe import NEUTRAL, Recipe
from editor.panel.edit_view import Side
from editor.panel.editor_panel import EditorPanel
from editor.panel.render_request import Rendered, RenderKind, RenderRequest
from editor.panel.render_service import RenderService
from quality.panel.throttle import Throttle

SETTLE_MS = 180
"""After this time without a change the picture is rendered finely and judged."""

EXACT_MS = 800
"""After this time more it is rendered in full: no hand that moves on has to wait for that to give way."""

MOST_EXACT_PIXELS = 60_000_000
"""Larger results rest twice as fine as the screen: from every pixel they would take long and much memory."""

_FRAME_MS = 16

_WHOLE = frozenset({RenderKind.PREVIEW, RenderKind.SETTLED, RenderKind.EXACT})
"""Kinds that show the whole edited picture."""


class LiveRendering(QObject):
    """Lives in the GUI thread; `drafted` comes when the sliders rest, `photo_changed` with another photo."""

    drafted = Signal(object, object)
    photo_changed = Signal()

    def __init__(self, desk: EditDesk, panel: EditorPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._panel = desk, panel
        self._path: Path | None = None
        self._draft = NEUTRAL
        self._size: tuple[int, int] | None = None
        self.service = RenderService(self)
        self._coarse = False
        self._ask_soon = Throttle(self._ask_moving, _FRAME_MS, self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(EXACT_MS)
        self._rest.timeout.connect(self._want_exact)
        self.service.rendered.connect(self._take)

    @property
    def path(self) -> Path | None:
        """The photo that is edited."""
        return self._path

    @property
    def draft(self) -> Recipe:
        """What the hands hold now."""
        return self._draft

    @property
    def photo_size(self) -> tuple[int, int] | None:
        """Width and height of the upright photo before any crop, where known."""
        return self._size

    @property
    def settled(self) -> bool:
        """Whether nothing more is to come for what is on show."""
        return not (self.service.busy or self._settle.isActive() or self._rest.isActive())

    @Slot()
    def ask(self) -> None:
        """Asks for what is on show now, and for the fine rendering a moment later."""
        self._ask(moving=False)
        self._settle.start()

    def _show_draft(self) -> None:
        self._panel.set_recipe(self._draft, self._size)
        self._desk.overlay.show_crop(self._draft.crop)

    def _ask_moving(self) -> None:
        self._ask(moving=True)

    def _ask(self, *, moving: bool) -> None:
        self._rest.stop()
        if self._path is None or not self._desk.isVisible():
            return
        view = self._desk.view
        if self._desk.cropping:
            self._want(RenderKind.PREVIEW, _uncut(self._draft), self._desk.overlay.box)
            return
        if view.whole_pixels and not view.image.isNull():
            self._want_detail(RenderKind.DETAIL, self._draft)
        else:
            self._want(RenderKind.PREVIEW, self._draft, view.box, moving=moving)
        if view.side is not Side.AFTER:
            self._want_before()

    def _want_before(self) -> None:
        before = NEUTRAL.with_(self._draft.crop)
        self._want(RenderKind.BEFORE, before, self._desk.view.box)
        if self._desk.view.whole_pixels:
            self._want_detail(RenderKind.BEFORE_DETAIL, before)

    def _want(self, kind: RenderKind, recipe: Recipe, box: tuple[int, int], *, moving: bool = False) -> None:
        if self._path is not None and self._desk.isVisible():
            marked = self._desk.view.clipping
            self.service.want(RenderRequest(kind, self._path, recipe, box, moving=moving, marked=marked))

    def _want_detail(self, kind: RenderKind, recipe: Recipe) -> None:
        view = self._desk.view
        if self._path is not None:
            region, marked = view.region(), view.clipping
            self.service.want(RenderRequest(kind, self._path, recipe, view.box, region, marked=marked))

    @Slot()
    def _settled(self) -> None:
        if self._path is None:
            return
        cropping = self._desk.cropping
        recipe = _uncut(self._draft) if cropping else self._draft
        box = self._desk.overlay.box if cropping else self._desk.view.box
        if self._coarse:
            self._want(RenderKind.PREVIEW, recipe, box)
        self._want(RenderKind.SETTLED, recipe, box)
        self.drafted.emit(self._path, self._draft)

    @Slot(object)
    def _take(self, rendered: Rendered) -> None:
        request = rendered.request
        if request.path != self._path:
            return
        self._note_size(rendered.photo_size)
        view, kind = self._desk.view, request.kind
        if kind in _WHOLE:
            self._take_whole(rendered)
        elif kind is RenderKind.BEFORE:
            view.show_before(rendered)
        else:
            view.show_detail(rendered, before=kind is RenderKind.BEFORE_DETAIL)

    def _take_whole(self, rendered: Rendered) -> None:
        """A fitted picture; what belongs to another state of the view or of the sliders is dropped."""
        recipe, cropping = rendered.request.recipe, self._desk.cropping
        wanted = _uncut(self._draft) if cropping else self._draft
        kind = rendered.request.kind
        if recipe.crop != wanted.crop or (kind is not RenderKind.PREVIEW and recipe != wanted):
            return
        self._coarse = rendered.coarse
        self._panel.histogram.set_histogram(rendered.histogram)
        if cropping:
            self._desk.overlay.show_photo(rendered.image, rendered.photo_size)
            return
        view = self._desk.view
        sized = view.has_size(rendered.full_size)
        view.show_after(rendered)
        if kind is RenderKind.SETTLED and not rendered.exact and _is_affordable(rendered.full_size):
            self._rest.start()
        if view.whole_pixels and not sized:
            self._want_detail(RenderKind.DETAIL, self._draft)

    @Slot()
    def _want_exact(self) -> None:
        if not self._desk.cropping:
            self._want(RenderKind.EXACT, self._draft, self._desk.view.box)

    def _stop_waiting(self) -> None:
        """Nothing more is to come by itself."""
        self._settle.stop()
        self._rest.stop()

    def _note_size(self, size: tuple[int, int]) -> None:
        if size != self._size:
            self._size = size
            self._panel.set_recipe(self._draft, size)


def _is_affordable(full_size: tuple[int, int]) -> bool:
    """Whether a result is worth rendering in full only to be scaled down."""
    return full_size[0] * full_size[1] <= MOST_EXACT_PIXELS


def cut_size(recipe: Recipe, size: tuple[int, int] | None) -> tuple[int, int] | None:
    """Width and height of the result of a recipe; None where the photo's size is not known."""
    if size is None:
        return None
    frame = make_frame(recipe.crop, size, None)
    return frame.cut_width, frame.cut_height


def _uncut(recipe: Recipe) -> Recipe:
    """The recipe as the crop overlay shows it: turned and mirrored only."""
    crop = recipe.crop
    return recipe.with_(Crop(quarter_turns=crop.quarter_turns, mirrored=crop.mirrored))
