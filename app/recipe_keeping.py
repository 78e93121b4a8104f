"""Brings recipes from the shoot's store and back into it; the disk is waited for on another thread."""

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.mark_service import MarkService
from app.photo_list_model import PhotoListModel
from app.recipe_shelf import RecipeShelf
from app.recipes import Recipes, RecipesByPath
from app.shoot_keeper import ShootKeeper
from app.store_keeping import StoreKeeping
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.recipe_json import VERSION, RecipeError, recipe_from_json, recipe_to_json
from editor.core.shoot_errors import StoreError
from editor.core.shoot_records import VersionedText

_log = logging.getLogger(__name__)


class RecipeKeeping(StoreKeeping):
    """Lives in the GUI thread; what could not be saved is tried again until it is on the disk."""

    loaded = Signal(list)
    warned = Signal(str)
    _found = Signal(object, object)
    _save_ended = Signal()

    def __init__(
        self, photos: PhotoListModel, service: MarkService, recipes: Recipes, parent: QObject
    ) -> None:
        """Connects it.

        Args:
            photos: The photos of the open shoot.
            service: The thread that keeps marks.
            recipes: Where edits are made.
            parent: The object that owns it.
        """
        super().__init__(service, parent)
        self._photos = photos
        self._shelves: list[RecipeShelf] = []
        self._told = ""
        self._found.connect(self._take)
        self._save_ended.connect(self._take_end)
        recipes.changed.connect(self._keep)

    @property
    def unsaved(self) -> int:
        """Photos whose recipes are not on the disk yet."""
        return sum(shelf.unsaved for shelf in self._shelves)

    @property
    def problem(self) -> str:
        """Why recipes could not be saved, empty while all goes well."""
        return next((shelf.problem for shelf in self._shelves if shelf.unsaved and shelf.problem), "")

    @Slot()
    def save_now(self) -> None:
        """Hands over what is not saved yet."""
        self._rest.stop()
        for shelf in self._shelves:
            if shelf.unsaved:
                self._service.run(partial(self._save, shelf))

    def _save(self, shelf: RecipeShelf) -> None:
        """On the thread that keeps marks."""
        shelf.save()
        self._save_ended.emit()

    def _load(self, keeper: ShootKeeper) -> None:
        """On the thread that keeps marks."""
        try:
            self._found.emit(keeper.folder, keeper.load_recipes())
        except (StoreError, OSError) as error:
            _log.warning("the edits of %s cannot be read: %s", keeper.folder, error)
            self._found.emit(keeper.folder, {})

    @Slot(object, object)
    def _take(self, folder: Path, texts: dict[Path, VersionedText]) -> None:
        """Shows stored recipes, unless the photo was edited while they were read."""
        shoot = self._photos.shoot
        if folder != shoot.folder:
            return
        found: list[tuple[Path, Recipe]] = []
        refused: list[Path] = []
        for path, text in texts.items():
            try:
                recipe = recipe_from_json(text.text)
            except RecipeError as error:
                _log.warning("the edits of %s are left alone: %s", path, error)
                refused.append(path)
                continue
            row = shoot.row_of(path)
            waits = any(shelf.waits(path) for shelf in self._shelves)
            if row is not None and not waits and shoot.recipes.recipe(row) == NEUTRAL:
                found.append((path, recipe))
        if refused:
            words = self.tr("The edits of {n} photos, {name} first, are of another version and not shown.")
            self.warned.emit(words.format(n=len(refused), name=refused[0].name))
        self._photos.take_recipes(found)
        self.loaded.emit(found)

    @Slot(list)
    def _keep(self, recipes: RecipesByPath) -> None:
        keeper = self._service.keeper
        if keeper is None:
            return
        shelf = next((shelf for shelf in self._shelves if shelf.keeper is keeper), None)
        if shelf is None:
            shelf = RecipeShelf(keeper)
            self._shelves.append(shelf)
        shelf.keep({path: _stored(recipe) for path, recipe in recipes})
        self._service.run(partial(self._save, shelf))

    @Slot()
    def _take_end(self) -> None:
        keeper = self._service.keeper
        self._shelves = [shelf for shelf in self._shelves if shelf.unsaved or shelf.keeper is keeper]
        problem = self.problem
        if problem:
            self._try_again()
            if problem != self._told:
                words = self.tr(
                    "{problem} The edits of {n} photos are kept in memory; saving is tried again."
                )
                self.warned.emit(words.format(problem=problem, n=self.unsaved))
        self._told = problem


def _stored(recipe: Recipe) -> VersionedText | None:
    return None if recipe == NEUTRAL else VersionedText(VERSION, recipe_to_json(recipe))
