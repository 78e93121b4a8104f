"""The panel of the editor: sections of sliders built from the declared parameters, and the histogram.

It must not render or save: it says which recipe the hands ask for.
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from editor.core.crop import Crop
from editor.core.operation import Operation
from editor.core.recipe import NEUTRAL, OPERATIONS, Recipe
from editor.panel.crop_controls import CropControls
from editor.panel.histogram_view import HistogramView
from editor.panel.parameter_row import ParameterRow
from editor.panel.parameter_words import number_words, operation_name, step_name
from editor.panel.render_request import Tool
from editor.panel.section import Section
from editor.panel.side_by_side import side_by_side

_FOLDED_AT_FIRST = frozenset({"noise_reduction", "blur"})
_GROUPS = (
    ("crop",),
    ("white_balance",),
    ("exposure", "tone"),
    ("clarity", "color_mix"),
    ("sharpen",),
    ("noise_reduction",),
    ("blur",),
)


class EditorPanel(QWidget):
    """`edited` carries a recipe while something moves, `rested` the words of a finished step."""

    edited = Signal(object)
    rested = Signal(str)
    tool_asked = Signal(object)
    picker_switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._recipe = NEUTRAL
        self._words = ""
        self.histogram = HistogramView()
        self.crop = CropControls()
        self.auto_exposure = self._text_button(
            self.tr("Auto exposure"), self.tr("Brings the middle of the picture to a middle grey")
        )
        self.auto_levels = self._text_button(
            self.tr("Auto levels"), self.tr("Sets whites and blacks so that the histogram is filled")
        )
        self.picker = self._text_button(
            self.tr("Pick grey"), self.tr("Click something that is grey in truth: white balance follows")
        )
        self.picker.setCheckable(True)
        self.rows: dict[tuple[str, str], ParameterRow] = {}
        self.sections: dict[str, Section] = {}
        self._kinds: dict[str, tuple[type[Operation], ...]] = {}
        self._top = QVBoxLayout()
        self._foot = QHBoxLayout()
        self.sections_area = QScrollArea()
        self._build()
        self.crop.moved.connect(self._crop_moved)
        self.crop.rested.connect(self.rested)
        self.auto_exposure.clicked.connect(self._exposure_asked)
        self.auto_levels.clicked.connect(self._levels_asked)
        self.picker.toggled.connect(self.picker_switched)

    @property
    def recipe(self) -> Recipe:
        """What the panel shows."""
        return self._recipe

    def set_recipe(self, recipe: Recipe, photo_size: tuple[int, int] | None) -> None:
        """Shows a recipe without announcing it.

        Args:
            recipe: What to show.
            photo_size: Width and height of the upright photo, where known.
        """
        self._recipe = recipe
        for (operation, parameter), row in self.rows.items():
            row.set_value(getattr(getattr(recipe, operation), parameter))
        self.crop.set_crop(recipe.crop, photo_size or (3, 2))
        self._show_touched()

    def row(self, operation: str, parameter: str) -> ParameterRow:
        """The row of a parameter."""
        return self.rows[operation, parameter]

    def add_top(self, widget: QWidget) -> None:
        """Puts a widget below the histogram."""
        self._top.addWidget(widget)

    def add_foot(self, widget: QWidget) -> None:
        """Puts a widget into the line below the sections."""
        self._foot.addWidget(widget)

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme."""
        self.crop.set_icons(icon)
        self.picker.setIcon(icon("picker"))
        for section in self.sections.values():
            section.set_reset_icon(icon("reset"))

    def _text_button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "tool")
        button.setText(text)
        button.setToolTip(tip)
        button.setIconSize(QSize(16, 16))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _build(self) -> None:
        inside = QWidget()
        inside.setObjectName("panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(4)
        for group in _groups():
            if column.count():
                rule = QFrame()
                rule.setProperty("role", "rule")
                column.addWidget(rule)
            column.addWidget(self._section(group))
        column.addStretch(1)
        self.sections_area.setWidgetResizable(True)
        self.sections_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections_area.setFrameShape(QFrame.Shape.NoFrame)
        self.sections_area.setWidget(inside)
        self._top.setContentsMargins(16, 8, 16, 8)
        self._top.setSpacing(8)
        self._top.addWidget(self.histogram)
        self._foot.setContentsMargins(16, 8, 16, 8)
        self._foot.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._top)
        layout.addWidget(self.sections_area, 1)
        layout.addLayout(self._foot)

    def _section(self, group: tuple[type[Operation], ...]) -> Section:
        titles = {"exposure": self.tr("Light"), "clarity": self.tr("Presence")}
        name = group[0].NAME
        section = Section(titles.get(name, operation_name(group[0])))
        self.sections[name], self._kinds[name] = section, group
        section.setObjectName(name)
        if Crop in group:
            section.add(self.crop)
        if name == "exposure":
            section.add(side_by_side(self.auto_exposure, self.auto_levels, stretch=True))
        for kind in group:
            if kind is not Crop:
                self._add_rows(section, kind)
        if name == "white_balance":
            section.add(side_by_side(self.picker, stretch=True))
        section.set_unfolded(name not in _FOLDED_AT_FIRST)
        section.reset_asked.connect(self._section_reset)
        return section

    def _add_rows(self, section: Section, kind: type[Operation]) -> None:
        for parameter in kind.PARAMETERS:
            row = ParameterRow(kind, parameter)
            self.rows[kind.NAME, parameter.name] = row
            row.moved.connect(self._row_moved)
            row.rested.connect(self._row_rested)
            section.add(row)

    def _show_touched(self) -> None:
        for name, section in self.sections.items():
            section.set_touched(any(self._recipe.of(kind) != kind() for kind in self._kinds[name]))

    def _change(self, *operations: Operation) -> None:
        self._recipe = self._recipe.with_(*operations)
        self._show_touched()
        self.edited.emit(self._recipe)

    @Slot(float)
    def _row_moved(self, value: float) -> None:
        row = self.sender()
        if isinstance(row, ParameterRow):
            self._words = f"{step_name(row.kind, row.parameter)} {number_words(row.parameter, value)}"
            self._change(self._recipe.of(row.kind).with_(**{row.parameter.name: value}))

    @Slot()
    def _row_rested(self) -> None:
        self.rested.emit(self._words)

    @Slot(object)
    def _crop_moved(self, crop: Crop) -> None:
        self._change(crop)

    @Slot()
    def _section_reset(self) -> None:
        section = self.sender()
        if isinstance(section, Section):
            self._change(*(kind() for kind in self._kinds[section.objectName()]))
            self.set_recipe(self._recipe, self.crop.full)
            self.rested.emit(self.tr("{section} reset").format(section=section.title))

    @Slot()
    def _exposure_asked(self) -> None:
        self.tool_asked.emit(Tool.AUTO_EXPOSURE)

    @Slot()
    def _levels_asked(self) -> None:
        self.tool_asked.emit(Tool.AUTO_LEVELS)


def _groups() -> list[tuple[type[Operation], ...]]:
    """The operations by sections; one that no section names gets its own at the end."""
    kinds = {kind.NAME: kind for kind in OPERATIONS}
    named = [tuple(kinds.pop(name) for name in group if name in kinds) for group in _GROUPS]
    return [group for group in named if group] + [(kind,) for kind in kinds.values()]
