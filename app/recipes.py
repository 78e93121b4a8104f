"""Gives recipes to photos, takes them back, and says so; knows no widget and no file."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.marking import Marking
from app.photo_list_model import PhotoListModel
from app.undo import PhotoChange, PhotoStep
from editor.core.recipe import NEUTRAL, Recipe

RecipesByPath = Sequence[tuple[Path, Recipe]]


class Recipes(QObject):
    """Every edit passes through here, onto the undo stack of the marks; `changed` is to be saved."""

    changed = Signal(list)
    stepped = Signal(str, list)
    said = Signal(str)

    def __init__(self, photos: PhotoListModel, marking: Marking, parent: QObject) -> None:
        super().__init__(parent)
        self._photos, self._marking = photos, marking

    def recipe(self, path: Path) -> Recipe:
        """The recipe of a photo."""
        row = self._photos.shoot.row_of(path)
        return NEUTRAL if row is None else self._photos.shoot.recipes.recipe(row)

    def give(self, wanted: Mapping[Path, Recipe], words: str, *, noted: bool = True) -> int:
        """Does one stroke.

        Args:
            wanted: The new recipe of each photo.
            words: What is done, in words.
            noted: Whether it is a new state of the history, not an earlier one.

        Returns:
            How many photos changed.
        """
        changes = tuple(
            PhotoChange(path, self.recipe(path), recipe)
            for path, recipe in wanted.items()
            if self._photos.shoot.row_of(path) is not None and recipe != self.recipe(path)
        )
        if changes:
            text = f"{changes[0].path.name}: {words}" if len(changes) == 1 else words
            if noted:
                self.stepped.emit(words, [(change.path, change.before, change.after) for change in changes])
            self._marking.stack.push(PhotoStep(text, changes, self._apply))
        return len(changes)

    def _apply(self, recipes: RecipesByPath) -> None:
        self._photos.take_recipes(recipes)
        self._marking.note_touched([path for path, _ in recipes])
        self.changed.emit(list(recipes))
