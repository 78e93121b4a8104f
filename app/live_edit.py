"""The photo that is edited now: brings the hands' recipe to the renderer and its pictures on screen."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, Signal, Slot

from app.edit_desk import EditDesk
from app.live_rendering import LiveRendering
from app.recipes import Recipes, RecipesByPath
from editor.core.crop import Crop
from editor.core.recipe import Recipe
from editor.panel.edit_view import Side
from editor.panel.editor_panel import EditorPanel
from editor.panel.parameter_words import operation_name
from editor.panel.render_request import Tool, ToolRequest
from editor.panel.render_work import ToolAnswer


class LiveEdit(LiveRendering):
    """Lives in the GUI thread. The draft is what the hands hold; it becomes the recipe when they let go."""

    said = Signal(str)
    cropping_changed = Signal(bool)

    def __init__(self, desk: EditDesk, panel: EditorPanel, recipes: Recipes, parent: QObject) -> None:
        super().__init__(desk, panel, parent)
        self._recipes = recipes
        self._before_crop: Crop | None = None
        self._tool_words: dict[Tool, Callable[[], str]] = {
            Tool.AUTO_EXPOSURE: lambda: self.tr("Auto exposure"),
            Tool.AUTO_LEVELS: lambda: self.tr("Auto levels"),
            Tool.PICK_GREY: lambda: self.tr("Grey picked"),
        }
        self._connect()

    def show_photo(self, path: Path, size: tuple[int, int] | None) -> None:
        """Begins with a photo; its stand-in is on show already.

        Args:
            path: The photo.
            size: Width and height of the upright photo, where known.
        """
        self.finish_draft()
        self._path, self._size, self._draft = path, size, self._recipes.recipe(path)
        self._before_crop = self._draft.crop
        self._panel.crop.free_ratio()
        self._panel.histogram.set_histogram(None)
        self._show_draft()
        self.ask()
        self.photo_changed.emit()

    def reload(self) -> None:
        """The photo's recipe came from the store after editing had begun."""
        if self._path is not None:
            self._draft = self._recipes.recipe(self._path)
            self._show_draft()
            self.ask()

    @Slot(list)
    def read_anew(self, photos: Sequence[Path]) -> None:
        """Photos that could not be read can be now; the one that is edited is shown."""
        if self._path in photos:
            self._desk.show_stand_in(None, None)
            self.ask()

    def leave(self) -> None:
        """Ends; what the hands still hold is kept."""
        self.finish_draft()
        self._stop_waiting()
        self.set_cropping(False)
        self.service.drop()
        self._path = None

    @Slot()
    def finish_draft(self, words: str = "") -> None:
        """Makes the draft the photo's recipe: one step."""
        if self._path is not None and self._draft != self._recipes.recipe(self._path):
            self._recipes.give({self._path: self._draft}, words or self.tr("Edited"))

    def set_side(self, side: Side) -> None:
        """Shows before, after, or both."""
        self.set_cropping(False)
        self._desk.view.set_side(side)
        if side is not Side.AFTER:
            self._want_before()

    @Slot(bool)
    def set_cropping(self, on: bool) -> None:
        """Opens or closes the crop overlay; closing keeps the crop."""
        if on == self._desk.cropping or (on and self._path is None):
            return
        if on:
            self._desk.set_whole_pixels(False)
            self._before_crop = self._draft.crop
            self._desk.overlay.show_crop(self._draft.crop)
        self._desk.set_cropping(on)
        self._desk.overlay.set_levelling(False)
        self._panel.crop.level.setChecked(False)
        self._panel.crop.tool.setChecked(on)
        self.cropping_changed.emit(on)
        self.ask()

    def use_tool(self, tool: Tool, place: tuple[float, float] = (0.5, 0.5)) -> None:
        """Asks for a starting point."""
        if self._path is not None:
            self.service.ask(ToolRequest(tool, self._path, self._draft, place))

    def close(self) -> None:
        """Stops the thread."""
        self.finish_draft()
        self._stop_waiting()
        self.service.close()

    # What comes from the hands.

    def _connect(self) -> None:
        panel, desk = self._panel, self._desk
        panel.edited.connect(self._edited)
        panel.rested.connect(self.finish_draft)
        panel.tool_asked.connect(self._tool_asked)
        panel.picker_switched.connect(self._picker_switched)
        panel.crop.tool_switched.connect(self.set_cropping)
        panel.crop.levelling_switched.connect(self._levelling_switched)
        panel.crop.ratio_changed.connect(desk.overlay.set_ratio)
        desk.overlay.moved.connect(self._crop_moved)
        desk.overlay.rested.connect(self._crop_rested)
        desk.overlay.closed.connect(self._crop_closed)
        desk.overlay.box_changed.connect(self.ask)
        desk.view.box_changed.connect(self.ask)
        desk.view.region_changed.connect(self._region_changed)
        desk.view.marks_wanted.connect(self.ask)
        desk.view.picked.connect(self._picked)
        desk.whole_pixels_changed.connect(self._whole_changed)
        self.service.tool_answered.connect(self._take_tool)
        self.service.failed.connect(self._take_fault)
        self._recipes.changed.connect(self._recipes_changed)

    @Slot(object)
    def _edited(self, recipe: Recipe) -> None:
        self._draft = recipe
        if self._desk.cropping:
            self._desk.overlay.show_crop(recipe.crop)
        self._ask_soon.call()
        self._settle.start()

    @Slot(object)
    def _crop_moved(self, crop: Crop) -> None:
        self._draft = self._draft.with_(crop)
        self._panel.set_recipe(self._draft, self._size)

    @Slot()
    def _crop_rested(self) -> None:
        self._panel.crop.level.setChecked(False)
        self.finish_draft(operation_name(Crop))

    @Slot(bool)
    def _crop_closed(self, keep: bool) -> None:
        if not keep and self._before_crop is not None:
            self._draft = self._draft.with_(self._before_crop)
            self._panel.set_recipe(self._draft, self._size)
            self.finish_draft(self.tr("Crop given up"))
        self.set_cropping(False)

    @Slot(bool)
    def _levelling_switched(self, on: bool) -> None:
        if on:
            self.set_cropping(True)
            self._panel.crop.level.setChecked(True)
        self._desk.overlay.set_levelling(on)

    @Slot(object)
    def _tool_asked(self, tool: Tool) -> None:
        self.use_tool(tool)

    @Slot(bool)
    def _picker_switched(self, on: bool) -> None:
        if on:
            self.set_cropping(False)
        self._desk.view.set_picking(on)

    @Slot(QPointF)
    def _picked(self, place: QPointF) -> None:
        self._panel.picker.setChecked(False)
        self.use_tool(Tool.PICK_GREY, (place.x(), place.y()))

    @Slot(bool)
    def _whole_changed(self, _whole: bool) -> None:
        self.ask()

    @Slot()
    def _region_changed(self) -> None:
        self._ask_soon.call()

    @Slot(list)
    def _recipes_changed(self, recipes: RecipesByPath) -> None:
        """Undo, paste and the like: the draft follows."""
        for path, recipe in recipes:
            if path == self._path and recipe != self._draft:
                self._draft = recipe
                self._show_draft()
                self.ask()

    @Slot(object)
    def _take_tool(self, answer: ToolAnswer) -> None:
        request = answer.request
        if request.path != self._path:
            return
        if answer.found is None:
            self.said.emit(answer.reason)
            return
        self._draft = self._draft.with_(answer.found)
        self._show_draft()
        self.finish_draft(self._tool_words[request.tool]())
        self.ask()

    @Slot(object, str)
    def _take_fault(self, path: Path, reason: str) -> None:
        if path == self._path:
            self._desk.show_fault(path, reason)
