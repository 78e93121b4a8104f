"""The history of the photo that is edited: its states in this session, the present one marked."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from editor.core.recipe import Recipe


@dataclass(slots=True)
class History:
    """The states of one photo, the oldest first, and which one it is in."""

    states: list[tuple[str, Recipe]] = field(default_factory=list)
    place: int = 0

    def add(self, words: str, before: Recipe, after: Recipe) -> None:
        """A step was made; what was taken back before it is forgotten."""
        if not self.states:
            self.states.append(("", before))
        del self.states[self.place + 1 :]
        self.states.append((words, after))
        self.place = len(self.states) - 1

    def follow(self, recipe: Recipe) -> None:
        """The photo is in another state now; the nearest one with this recipe is marked."""
        near = sorted(range(len(self.states)), key=lambda place: abs(place - self.place))
        self.place = next((place for place in near if self.states[place][1] == recipe), self.place)


class HistoryList(QListWidget):
    """Shows one photo's history, the newest at the top; a click asks for that state."""

    state_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setAccessibleName(self.tr("History"))
        self.setToolTip(self.tr("Click a state to go back to it; Ctrl+Z goes back one step"))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._histories: dict[Path, History] = {}
        self._path: Path | None = None
        self.itemClicked.connect(self._clicked)
        self.itemActivated.connect(self._clicked)

    def begin(self) -> None:
        """Forgets every history, for another shoot."""
        self._histories.clear()
        self._path = None
        self.clear()

    def note(self, words: str, path: Path, before: Recipe, after: Recipe) -> None:
        """A step was made."""
        self._histories.setdefault(path, History()).add(words, before, after)

    def show_photo(self, path: Path | None, recipe: Recipe) -> None:
        """Shows the history of a photo that is in a state now."""
        self._path = path
        history = self._histories.get(path) if path is not None else None
        self.clear()
        if history is None:
            self.addItem(self.tr("Edited") if not recipe.is_neutral else self.tr("As it was taken"))
            self.setCurrentRow(0)
            return
        history.follow(recipe)
        for words, state in history.states:
            start = self.tr("As it was taken") if state.is_neutral else self.tr("As it was opened")
            item = QListWidgetItem(words or start)
            item.setToolTip(item.text())
            self.insertItem(0, item)
        self.setCurrentRow(len(history.states) - 1 - history.place)

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        history = self._histories.get(self._path) if self._path is not None else None
        if history is None:
            return
        place = len(history.states) - 1 - self.row(item)
        if place != history.place:
            words, state = history.states[place]
            history.place = place
            self.state_wanted.emit(state, words or item.text())
