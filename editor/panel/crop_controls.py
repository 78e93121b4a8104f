"""The controls for crop: tool, ratio, straighten, quarter turns and flips; changes no pixel."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from editor.core.crop import (
    ANGLE,
    RATIOS,
    Crop,
    flipped_over,
    flipped_sideways,
    turned_clockwise,
    turned_counterclockwise,
    turned_size,
)
from editor.panel.crop_geometry import keeps_ratio
from editor.panel.parameter_row import ParameterRow
from editor.panel.parameter_words import number_words

FREE, ORIGINAL = "free", "original"

_TURNS: dict[str, Callable[[Crop], Crop]] = {
    "rotate_left": turned_counterclockwise,
    "rotate_right": turned_clockwise,
    "flip_across": flipped_sideways,
    "flip_down": flipped_over,
}


class CropControls(QWidget):
    """`moved` carries a crop while a control moves, `rested` the words of a finished step."""

    moved = Signal(object)
    rested = Signal(str)
    tool_switched = Signal(bool)
    levelling_switched = Signal(bool)
    ratio_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._crop, self._full = Crop(), (1, 1)
        self.tool = self._button("crop", self.tr("Crop"), self.tr("Crop and straighten (T)"), checkable=True)
        self.tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.level = self._button(
            "level", "", self.tr("Draw a line that is to be level or upright"), checkable=True
        )
        tips = {
            "rotate_left": self.tr("Turn a quarter to the left ({keys})").format(keys="Ctrl+["),
            "rotate_right": self.tr("Turn a quarter to the right ({keys})").format(keys="Ctrl+]"),
            "flip_across": self.tr("Exchange left and right"),
            "flip_down": self.tr("Exchange top and bottom"),
        }
        self.turns = {name: self._button(name, "", tip) for name, tip in tips.items()}
        self.ratio, self.swap = QComboBox(), self._button("swap", "", self.tr("Upright or lying ratio"))
        self.angle = ParameterRow(Crop, ANGLE)
        self._fill_ratios()
        self._build()
        self.angle.moved.connect(self._angle_moved)
        self.angle.rested.connect(self._angle_rested)
        self.tool.toggled.connect(self.tool_switched)
        self.level.toggled.connect(self.levelling_switched)
        self.ratio.activated.connect(self._ratio_chosen)
        self.swap.clicked.connect(self._swapped)
        for name, button in self.turns.items():
            button.setObjectName(name)
            button.clicked.connect(self._turned)

    @property
    def full(self) -> tuple[int, int]:
        """Width and height of the upright photo."""
        return self._full

    def set_crop(self, crop: Crop, full: tuple[int, int]) -> None:
        """Shows a crop of a photo with this upright size."""
        self._crop, self._full = crop, full
        self.angle.set_value(crop.angle)

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme."""
        for button in (self.tool, self.level, self.swap, *self.turns.values()):
            button.setIcon(icon(button.property("icon_name")))

    def free_ratio(self) -> None:
        """Keeps no ratio, for another photo."""
        self.ratio.setCurrentIndex(0)
        self.ratio_changed.emit(None)

    def turn(self, name: str) -> None:
        """Does what one of the four buttons does."""
        self._change(_TURNS[name](self._crop))
        self.rested.emit(self.turns[name].accessibleName())
        if self.ratio.currentData() != FREE:
            self.free_ratio()

    def _button(self, icon: str, text: str, tip: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton()
        button.setProperty("icon_name", icon)
        button.setProperty("role", "tool")
        button.setText(text)
        button.setCheckable(checkable)
        button.setIconSize(QSize(18, 18))
        button.setToolTip(tip)
        button.setAccessibleName(text or tip.partition(" (")[0])
        return button

    def _fill_ratios(self) -> None:
        self.ratio.addItem(self.tr("Free"), FREE)
        self.ratio.addItem(self.tr("Original"), ORIGINAL)
        for width, height in RATIOS:
            self.ratio.addItem(f"{width} : {height}", width / height)
        self.ratio.setAccessibleName(self.tr("Ratio"))
        self.ratio.setToolTip(self.tr("Ratio of width to height"))
        self.ratio.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _build(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(4)
        first.addWidget(self.tool)
        first.addStretch(1)
        for button in self.turns.values():
            first.addWidget(button)
        second.addWidget(self.ratio, 1)
        second.addWidget(self.swap)
        second.addWidget(self.level)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.angle)

    def _change(self, crop: Crop) -> None:
        if crop != self._crop:
            self._crop = crop
            self.moved.emit(crop)

    @Slot(float)
    def _angle_moved(self, angle: float) -> None:
        self._change(self._crop.with_(angle=angle))

    @Slot()
    def _angle_rested(self) -> None:
        self.rested.emit(f"{self.tr('Straighten')} {number_words(ANGLE, self._crop.angle)}")

    @Slot()
    def _ratio_chosen(self) -> None:
        """Cuts to the ratio about the middle, upright where the cut is upright."""
        chosen = self.ratio.currentData()
        if chosen == FREE:
            self.ratio_changed.emit(None)
            return
        width, height = turned_size(self._crop, *self._full)
        ratio = width / height if chosen == ORIGINAL else float(chosen)
        if chosen != ORIGINAL and height > width:
            ratio = 1 / ratio
        self._keep(ratio)

    @Slot()
    def _swapped(self) -> None:
        width, height = turned_size(self._crop, *self._full)
        across = (self._crop.right - self._crop.left) * width
        down = (self._crop.bottom - self._crop.top) * height
        self._keep(down / across)

    def _keep(self, ratio: float) -> None:
        self.ratio_changed.emit(None if self.ratio.currentData() == FREE else ratio)
        self._change(keeps_ratio(self._crop, self._full, ratio))
        self.rested.emit(self.tr("Crop"))

    @Slot()
    def _turned(self) -> None:
        self.turn(self.sender().objectName())
