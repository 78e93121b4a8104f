"""What the keys and menus of the editor do with whole recipes: recover, copy, paste, sync, presets, reset."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.browsing import Browsing
from app.culling import Culling
from app.numbers import number
from app.operation_choice import OperationChoice
from app.photo_list_model import PhotoListModel
from app.preset_store import Preset, PresetStore
from app.recipes import Recipes
from app.recovery import recovery, series_of
from app.shown_photos import ShownPhotos
from editor.core.exposure import EV, Exposure
from editor.core.operation import Operation
from editor.core.recipe import NEUTRAL, Recipe
from editor.panel.parameter_words import number_words


@dataclass(frozen=True, slots=True)
class Copied:
    """Settings that were copied, and of which operations."""

    recipe: Recipe
    kinds: tuple[type[Operation], ...]


class EditCommands(QObject):
    """Lives in the GUI thread; sheets are kept until the next one opens."""

    said = Signal(str)
    warned = Signal(str)
    presets_changed = Signal()

    def __init__(
        self,
        photos: PhotoListModel,
        shown: ShownPhotos,
        browsing: Browsing,
        culling: Culling,
        recipes: Recipes,
        presets: PresetStore,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._photos, self._shown, self._browsing, self._culling = photos, shown, browsing, culling
        self._recipes, self.presets, self._window = recipes, presets, window
        self.copied: Copied | None = None
        self.sheet: OperationChoice | None = None
        self._targets: list[Path] = []

    @Slot()
    def recover(self) -> None:
        """Gives each photo that the keys mean the exposure that brings it back."""
        self._recover(self._culling.targets())

    @Slot()
    def recover_series(self) -> None:
        """The same for every photo of the series with the same fault."""
        shoot, current = self._photos.shoot, self._browsing.current
        row = None if current is None else shoot.row_of(current)
        if row is not None:
            rows = series_of(shoot, self._photos.original_over, row, (int(each) for each in self._shown.rows))
            self._recover([shoot.photos[each] for each in rows])

    @Slot()
    def copy(self) -> None:
        """Copies settings of the photo in focus; a sheet asks which."""
        current = self._browsing.current
        if current is None:
            return
        recipe = self._recipes.recipe(current)
        if recipe.is_neutral:
            self.said.emit(
                self.tr("{name} is not edited; there is nothing to copy").format(name=current.name)
            )
            return
        self._ask(self.tr("Copy settings"), self.tr("Which settings are copied?"), self.tr("Copy"), recipe)
        self._opened().accepted.connect(self._copy)

    @Slot()
    def paste(self) -> None:
        """Gives the copied settings to the photos that the keys mean."""
        if self.copied is None:
            self.said.emit(self.tr("Nothing is copied yet"))
            return
        copied = self.copied
        targets = self._selected()
        self._give(targets, copied.recipe, copied.kinds, self.tr("Settings pasted"))

    @Slot()
    def sync(self) -> None:
        """Gives settings of the photo in focus to all selected ones; a sheet asks which."""
        current = self._browsing.current
        others = [path for path in self._selected() if path != current]
        if current is None or not others:
            self.said.emit(self.tr("Select the photos that are to get these settings first"))
            return
        self._targets = others
        words = self.tr("{n} photos get the settings of {name}:").format(
            n=number(len(others)), name=current.name
        )
        self._ask(self.tr("Sync settings"), words, self.tr("Sync"), self._recipes.recipe(current))
        self._opened().accepted.connect(self._sync)

    @Slot()
    def reset(self) -> None:
        """Takes all edits of the photos that the keys mean back, in one step."""
        targets = [path for path in self._culling.targets() if self._recipes.recipe(path) != NEUTRAL]
        if not targets:
            self.said.emit(self.tr("There are no edits to reset"))
            return
        self._recipes.give(dict.fromkeys(targets, NEUTRAL), self._counted(self.tr("Edits reset"), targets))

    @Slot()
    def save_preset(self) -> None:
        """Keeps settings of the photo in focus under a name; a sheet asks for it."""
        current = self._browsing.current
        if current is None:
            return
        recipe = self._recipes.recipe(current)
        words = self.tr("The preset holds these settings of {name}:").format(name=current.name)
        self._ask(self.tr("Save a preset"), words, self.tr("Save"), recipe, named=True)
        self._opened().accepted.connect(self._save_preset)

    @Slot(str)
    def apply_preset(self, name: str) -> None:
        """Gives a preset to the photos that the keys mean."""
        preset = self.presets.find(name)
        targets = self._culling.targets()
        if preset is not None and targets:
            wanted = {path: preset.applied(self._recipes.recipe(path)) for path in targets}
            self._recipes.give(wanted, self.tr("Preset {name}").format(name=name))

    @Slot(str)
    def remove_preset(self, name: str) -> None:
        """Forgets a preset."""
        self._store(lambda: self.presets.remove(name))

    def _recover(self, paths: Iterable[Path]) -> None:
        shoot = self._photos.shoot
        found: dict[Path, Exposure] = {}
        for path in paths:
            row = shoot.row_of(path)
            exposure = None if row is None else recovery(shoot, row)
            if exposure is not None:
                found[path] = exposure
        if not found:
            self.said.emit(
                self.tr("Nothing to recover: not measured yet, or neither too dark nor too bright")
            )
            return
        exposures = list(found.values())
        words = self.tr("Exposure recovered")
        if len(found) == 1:
            words = self.tr("Recovered {ev}").format(ev=number_words(EV, exposures[0].ev))
        wanted = {path: self._recipes.recipe(path).with_(exposure) for path, exposure in found.items()}
        if self._recipes.give(wanted, self._counted(words, list(found))):
            self.said.emit(self._counted(words, list(found)))
        else:
            self.said.emit(self.tr("The exposure is recovered already"))

    def _give(
        self, paths: list[Path], recipe: Recipe, kinds: tuple[type[Operation], ...], words: str
    ) -> None:
        wanted = {path: self._recipes.recipe(path).with_from(recipe, kinds) for path in paths}
        self._recipes.give(wanted, self._counted(words, paths))
        self.said.emit(self._counted(words, paths))

    def _selected(self) -> list[Path]:
        """The selected photos, whatever the view; else the one in focus."""
        return self._culling.selected() or self._culling.targets()

    def _counted(self, words: str, paths: list[Path]) -> str:
        if len(paths) == 1:
            return words
        return self.tr("{words} ({n} photos)").format(words=words, n=number(len(paths)))

    def _ask(self, title: str, words: str, command: str, recipe: Recipe, *, named: bool = False) -> None:
        self.sheet = OperationChoice(title, words, command, recipe, self._window, named=named)
        self.sheet.open()

    def _opened(self) -> OperationChoice:
        if self.sheet is None:
            raise RuntimeError("no sheet is open")
        return self.sheet

    @Slot()
    def _copy(self) -> None:
        current = self._browsing.current
        if current is not None:
            self.copied = Copied(self._recipes.recipe(current), self._opened().kinds)
            self.said.emit(self.tr("Settings of {name} copied").format(name=current.name))

    @Slot()
    def _sync(self) -> None:
        current = self._browsing.current
        if current is not None:
            kinds = self._opened().kinds
            self._give(self._targets, self._recipes.recipe(current), kinds, self.tr("Settings synced"))

    @Slot()
    def _save_preset(self) -> None:
        current, sheet = self._browsing.current, self._opened()
        if current is not None:
            preset = Preset(sheet.name.text().strip(), self._recipes.recipe(current), sheet.kinds)
            self._store(lambda: self.presets.save(preset))

    def _store(self, change: Callable[[], None]) -> None:
        try:
            change()
        except OSError as error:
            reason = error.strerror or str(error)
            self.warned.emit(self.tr("The presets cannot be saved: {reason}.").format(reason=reason))
        self.presets_changed.emit()
