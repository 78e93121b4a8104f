"""A sheet that asks which operations are meant: for copying, for other photos, or for a preset."""

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.preset_store import LONGEST_NAME
from editor.core.crop import Crop
from editor.core.operation import Operation
from editor.core.recipe import OPERATIONS, Recipe
from editor.panel.parameter_words import operation_name


class OperationChoice(QDialog):
    """Boxes for every operation; those that are set are ticked at first, the crop never."""

    def __init__(
        self, title: str, sentence: str, command: str, recipe: Recipe, parent: QWidget, *, named: bool = False
    ) -> None:
        """Builds the sheet.

        Args:
            title: What it is about.
            sentence: What would be done, to how many photos.
            command: The button that does it.
            recipe: Whose operations are offered.
            parent: The window.
            named: Whether a name is asked for.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.boxes = {kind: QCheckBox(operation_name(kind)) for kind in OPERATIONS}
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("Name of the preset"))
        self.name.setAccessibleName(self.tr("Name of the preset"))
        self.name.setVisible(named)
        self._named = named
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Cancel)
        self.command = self.buttons.addButton(command, QDialogButtonBox.ButtonRole.AcceptRole)
        self.command.setDefault(True)
        # The default button is bold, which Qt forgets when it measures.
        self.command.setMinimumWidth(self.command.fontMetrics().horizontalAdvance(command) * 6 // 5 + 32)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._build(title, sentence)
        for kind, box in self.boxes.items():
            box.setChecked(recipe.of(kind) != kind() and kind is not Crop)
            box.toggled.connect(self._follow)
        self.name.textChanged.connect(self._follow)
        self._follow()

    @property
    def kinds(self) -> tuple[type[Operation], ...]:
        """The operations that are ticked."""
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())

    def tick(self, kinds: Iterable[type[Operation]]) -> None:
        """Ticks these and no others."""
        wanted = frozenset(kinds)
        for kind, box in self.boxes.items():
            box.setChecked(kind in wanted)

    def _build(self, title: str, sentence: str) -> None:
        heading, words = QLabel(title), QLabel(sentence)
        heading.setProperty("role", "title")
        words.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for place, box in enumerate(self.boxes.values()):
            grid.addWidget(box, place // 2, place % 2)
        all_of, none_of = QPushButton(self.tr("All")), QPushButton(self.tr("None"))
        for button in (all_of, none_of):
            button.setAutoDefault(False)
        all_of.clicked.connect(self._tick_all)
        none_of.clicked.connect(self._tick_none)
        quick = QHBoxLayout()
        quick.addWidget(all_of)
        quick.addWidget(none_of)
        quick.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(words)
        layout.addWidget(self.name)
        layout.addLayout(grid)
        layout.addLayout(quick)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(440)

    @Slot()
    def _tick_all(self) -> None:
        self.tick(OPERATIONS)

    @Slot()
    def _tick_none(self) -> None:
        self.tick(())

    @Slot()
    def _follow(self) -> None:
        """Nothing is done to no operation, and nothing is saved without a name."""
        is_named = not self._named or bool(self.name.text().strip())
        self.command.setEnabled(bool(self.kinds) and is_named)
