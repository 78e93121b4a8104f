"""The editor in the window: its parts put together, what its keys do, and what is shown when."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.browsing import Browsing
from app.culling import Culling
from app.edit_commands import EditCommands
from app.edit_foot import fill_foot
from app.edit_slots import EditSlots
from app.edited_photos import EditedPhotos
from app.live_edit import LiveEdit
from app.live_rendering import cut_size
from app.live_scores import LiveScores
from app.mark_service import MarkService
from app.marking import Marking
from app.photo_area import PhotoArea
from app.photo_list_model import PhotoListModel
from app.preset_store import PresetStore
from app.recipe_keeping import RecipeKeeping
from app.recipes import Recipes
from app.shoot_session import ShootSession
from app.shown_photos import ShownPhotos
from app.thumbnail_store import ThumbnailStore
from app.user_folders import config_folder
from editor.core.recipe import Recipe
from editor.panel.editor_panel import EditorPanel


class Editing(EditSlots):
    """Owns the editor; the window asks it to open, to dress and to close."""

    said = Signal(str)
    warned = Signal(str)
    view_changed = Signal()
    badges_changed = Signal()

    def __init__(
        self,
        session: ShootSession,
        photos: PhotoListModel,
        shown: ShownPhotos,
        thumbnails: ThumbnailStore,
        area: PhotoArea,
        browsing: Browsing,
        culling: Culling,
        marking: Marking,
        service: MarkService,
        window: QWidget,
    ) -> None:
        """Puts the parts together.

        Args:
            session: Folder, model and caches.
            photos: The photos with scores and recipes.
            shown: The photos in the order of the view.
            thumbnails: The pictures of the grid.
            area: Holds the editor's view.
            browsing: Which photo is in focus.
            culling: Which photos a key means.
            marking: Its stack takes edits back as well.
            service: The thread that keeps what is precious.
            window: The window.
        """
        super().__init__(window)
        self._photos, self._thumbnails, self._area, self._browsing = photos, thumbnails, area, browsing
        self.desk, self.panel = area.desk, EditorPanel()
        self.recipes = Recipes(photos, marking, self)
        self.keeping = RecipeKeeping(photos, service, self.recipes, self)
        self.edited = EditedPhotos(session, photos, thumbnails, area, self.recipes, self)
        self.live = LiveEdit(self.desk, self.panel, self.recipes, self)
        self.commands = EditCommands(
            photos, shown, browsing, culling, self.recipes, PresetStore(config_folder()), window
        )
        self.scores = LiveScores(photos, self.live, self.edited, self)
        self.panel.add_top(self.scores.line)
        self._stack = QStackedWidget()
        self._connect(session, area)
        self._show_presets()

    @property
    def open(self) -> bool:
        """Whether the editor is on show."""
        return self._area.view is self.desk

    @property
    def settled(self) -> bool:
        """Whether every edited photo is judged and what is on show is rendered."""
        return self.live.settled and not self.edited.service.busy

    def beside(self, quality: QWidget) -> QStackedWidget:
        """The right column: the quality panel, or the editor's while it is on show."""
        self._stack.addWidget(quality)
        self._stack.addWidget(self.panel)
        return self._stack

    def take_actions(self, actions: dict[str, QAction]) -> None:
        """Gets the window's actions: some are buttons in the panel."""
        self._actions = actions
        fill_foot(self.panel, actions)

    def dress(self, icon: Callable[[str], QIcon], faded: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme."""
        self.panel.set_icons(icon)
        self.desk.set_icons(icon, faded)

    def close(self) -> None:
        """Stops every thread."""
        self.live.close()
        self.edited.close()

    # What the user can do: slots of the actions table.

    @Slot()
    def show(self) -> None:
        """Opens the editor on the photo in focus; again: back to the grid."""
        if self.open or not len(self._photos.shoot):
            self._area.show_grid()
        else:
            self._area.show_desk()
        self.view_changed.emit()
        self.follow_view()

    def save_now(self) -> None:
        """Hands what is not saved yet to the thread that saves; what the hands hold is part of it."""
        self.live.finish_draft()
        self.keeping.save_now()

    def follow_view(self) -> None:
        """Shows the panel that belongs to the view; begins or ends editing."""
        self._stack.setCurrentIndex(1 if self.open else 0)
        if self.open:
            self.show_current()
            self.desk.setFocus()
        elif self.live.path is not None:
            self.live.leave()
        for name, on in (("edit_view", self.open), ("crop", self.desk.cropping)):
            self._check(name, on)

    @Slot()
    def show_current(self) -> None:
        """Edits the photo in focus, where the editor is on show."""
        path = self._browsing.current
        if not self.open or path is None:
            return
        row = self._photos.shoot.row_of(path)
        if row is None:
            return
        if path != self.live.path:
            recipe, size = self.recipes.recipe(path), self._photos.shoot.size_of(row)
            self.desk.show_stand_in(self._thumbnails.image(path), cut_size(recipe, size))
            self.live.show_photo(path, size)
        self.desk.history.show_photo(path, self.recipes.recipe(path))
        self.show_scores()

    @Slot()
    def show_scores(self) -> None:
        """Shows how the photo is judged before and after."""
        self.scores.show()

    def _connect(self, session: ShootSession, area: PhotoArea) -> None:
        session.folder_opened.connect(self._begin)
        session.judging.judged.connect(self.show_scores)
        session.photos_read.connect(self.live.read_anew)
        area.grid.selectionModel().currentChanged.connect(self._current_changed)
        self.keeping.loaded.connect(self.edited.follow)
        self.keeping.loaded.connect(self._loaded)
        self.keeping.warned.connect(self.warned)
        self.recipes.stepped.connect(self._stepped)
        self.recipes.changed.connect(self._changed)
        self.edited.judged.connect(self.badges_changed)
        self.edited.score_arrived.connect(self._score_arrived)
        self.live.drafted.connect(self._drafted)
        self.live.said.connect(self.said)
        self.live.cropping_changed.connect(self._cropping_changed)
        self.commands.said.connect(self.said)
        self.commands.warned.connect(self.warned)
        self.commands.presets_changed.connect(self._show_presets)
        self.desk.presets.chosen.connect(self._preset_chosen)
        self.desk.presets.save_asked.connect(self.save_preset)
        self.desk.presets.remove_asked.connect(self.commands.remove_preset)
        self.desk.history.state_wanted.connect(self._state_wanted)
        self.panel.histogram.clipping_asked.connect(self._clipping_asked)

    @Slot()
    def _begin(self) -> None:
        self.live.leave()
        self.desk.history.begin()

    @Slot(list)
    def _loaded(self, _recipes: object) -> None:
        """Stored recipes are there: the editor, where it is open already, follows."""
        if self.open and self.live.path is not None and self.live.draft.is_neutral:
            self.live.reload()
        self.show_current()
        self.badges_changed.emit()

    @Slot(str, list)
    def _stepped(self, words: str, changes: list[tuple[Path, Recipe, Recipe]]) -> None:
        for path, before, after in changes:
            self.desk.history.note(words, path, before, after)

    @Slot(list)
    def _changed(self, _recipes: object) -> None:
        path = self.live.path
        if path is not None:
            self.desk.history.show_photo(path, self.recipes.recipe(path))
        self.show_scores()

    @Slot(object, object)
    def _score_arrived(self, path: Path, _score: object) -> None:
        if path == self.live.path:
            self.show_scores()

    @Slot(object, object)
    def _drafted(self, path: Path, recipe: Recipe) -> None:
        self.edited.judge_draft(path, recipe)
        self.show_scores()

    @Slot(bool)
    def _cropping_changed(self, on: bool) -> None:
        self._check("crop", on)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.show_current()

    @Slot()
    def _show_presets(self) -> None:
        self.desk.presets.show_presets(self.commands.presets.presets)

    @Slot(str)
    def _preset_chosen(self, name: str) -> None:
        self.live.finish_draft()
        self.commands.apply_preset(name)

    @Slot(object, str)
    def _state_wanted(self, recipe: Recipe, words: str) -> None:
        if self.live.path is not None:
            text = self.tr("History: {state}").format(state=words)
            self.recipes.give({self.live.path: recipe}, text, noted=False)

    @Slot()
    def _clipping_asked(self) -> None:
        if "clipping" in self._actions:
            self._actions["clipping"].trigger()
