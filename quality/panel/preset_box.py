"""The presets of the quality panel: measured ones, Night, and Custom; sets no line itself."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from quality.core.contract import BALANCED, OperatingPoint
from quality.core.thresholds import Mode, Modes, Thresholds, default_modes

NIGHT = "night"
"""The preset that is not measured: Balanced, with under as a hint."""

NIGHT_MODES = Modes(Mode.REJECT, Mode.HINT, Mode.REJECT)


class PresetBox(QComboBox):
    """Shows which preset the lines are; `chosen` carries thresholds and modes when the user picks one."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Mapping[str, OperatingPoint] = {}
        self._modes = default_modes()
        self._shown = ""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Preset"))
        self.setToolTip(self.tr("Measured sets of thresholds: how strict all three defects are"))
        self.activated.connect(self._activated)

    def set_points(self, points: Mapping[str, OperatingPoint]) -> None:
        """Fills the box; an empty mapping while there is no model."""
        self._points = points
        with QSignalBlocker(self):
            self.clear()
            for name in (*points, NIGHT) if points else ():
                self.addItem(self._name(name), name)
            self.addItem(self.tr("Custom"), "")

    @property
    def preset(self) -> str:
        """The preset on show, empty for the user's own lines."""
        return str(self.currentData())

    def choose(self, name: str) -> None:
        """Chooses a preset as a click would.

        Raises:
            ValueError: There is no such preset.
        """
        index = self.findData(name)
        if index < 0:
            raise ValueError(f"no preset {name!r}")
        self.setCurrentIndex(index)
        self._activated(index)

    def show_lines(self, thresholds: Thresholds, modes: Modes) -> str:
        """Shows the preset that these lines are.

        Returns:
            What there is to say about it.
        """
        self._modes = modes
        fitting = [point for point in self._points.values() if point.thresholds == thresholds]
        name = fitting[-1].name if fitting else ""
        note = self.tr("your own lines")
        if name == BALANCED and modes == NIGHT_MODES:
            name, note = NIGHT, self.tr("Under only as a hint")
        elif fitting:
            share = f"{fitting[-1].false_reject_rate * 100:.1f} %"
            note = self.tr("flags {share} of good photos").format(share=share)
        self.setCurrentIndex(max(0, self.findData(name)))
        self._shown = name
        return note

    def _name(self, name: str) -> str:
        known = {
            "gentle": self.tr("Gentle"),
            "balanced": self.tr("Balanced"),
            "strict": self.tr("Strict"),
            NIGHT: self.tr("Night"),
        }
        return known.get(name, name.capitalize())

    @Slot(int)
    def _activated(self, index: int) -> None:
        name, modes = self.itemData(index), self._modes
        if name == NIGHT:
            modes = NIGHT_MODES
        elif self._shown == NIGHT:
            modes = default_modes()
        point = self._points.get(BALANCED if name == NIGHT else name)
        if point is not None:
            self.chosen.emit(point.thresholds, modes)
