"""The quality panel: one row per defect and the presets; it edits lines and modes, never photos."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from quality.core.contract import BALANCED, OperatingPoint
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.thresholds import Modes, Thresholds
from quality.panel.defect_row import DefectRow
from quality.panel.throttle import Throttle

THROTTLE_MS = 15


class QualityPanel(QWidget):
    """Thresholds and modes of all defects; `changed` comes throttled, then read both properties."""

    changed = Signal()

    def __init__(self, icon: Callable[[str], QIcon], parent: QWidget | None = None) -> None:
        """Builds the panel.

        Args:
            icon: Gives an icon by name in the colours of the theme.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self.setObjectName("panel")
        self._points: Mapping[str, OperatingPoint] = {}
        self._rows = PerDefect[DefectRow](*(DefectRow(defect, icon("reset"), self) for defect in DEFECTS))
        self._preset = QComboBox()
        self._preset.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._preset.setAccessibleName(self.tr("Preset"))
        self._preset.setToolTip(self.tr("Measured sets of thresholds: how strict all three defects are"))
        self._preset_note = QLabel()
        self._announce = Throttle(self.changed.emit, THROTTLE_MS, self)
        self._build()
        self._preset.activated.connect(self._preset_chosen)
        for row in self._rows:
            row.edited.connect(self._row_edited)
        self.set_operating_points({})

    @property
    def thresholds(self) -> Thresholds:
        """The line of every defect, 0..1."""
        return PerDefect[float](*(row.threshold for row in self._rows))

    @property
    def modes(self) -> Modes:
        """What every defect may do."""
        return Modes(*(row.mode for row in self._rows))

    def row(self, defect: Defect) -> DefectRow:
        """The controls of one defect."""
        return self._rows.of(defect)

    @property
    def preset(self) -> str:
        """The preset whose lines are set, empty for the user's own."""
        return str(self._preset.currentData())

    def choose_preset(self, name: str) -> None:
        """Chooses a preset as a click would.

        Raises:
            ValueError: There is no such preset.
        """
        index = self._preset.findData(name)
        if index < 0:
            raise ValueError(f"no preset {name!r}")
        self._preset.setCurrentIndex(index)
        self._preset_chosen(index)

    def flush(self) -> None:
        """Announces now what is still to be announced."""
        self._announce.flush()

    def set_operating_points(self, points: Mapping[str, OperatingPoint]) -> None:
        """Fills the presets from the contract; an empty mapping while there is no model."""
        self._points = points
        neutral = points[BALANCED].thresholds if points else None
        with QSignalBlocker(self._preset):
            self._preset.clear()
            for name in points:
                self._preset.addItem(self._preset_name(name), name)
            self._preset.addItem(self.tr("Custom"), "")
        for defect in DEFECTS:
            self._rows.of(defect).set_neutral(None if neutral is None else neutral.of(defect))
        self._show_preset()
        self.setEnabled(bool(points))

    def set_lines(self, thresholds: Thresholds, modes: Modes) -> None:
        """Sets all rows without announcing it."""
        for defect in DEFECTS:
            self._rows.of(defect).set_threshold(thresholds.of(defect))
            self._rows.of(defect).set_mode(modes.of(defect))
        self._show_preset()

    def show_counts(self, over: PerDefect[int], judged: int) -> None:
        """Shows how many photos are over each line.

        Args:
            over: Photos over the line, per defect; 0 for a defect that is off.
            judged: Photos judged so far.
        """
        for defect in DEFECTS:
            self._rows.of(defect).show_count(over.of(defect), judged)

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of another theme."""
        for row in self._rows:
            row.set_reset_icon(icon("reset"))

    def _build(self) -> None:
        heading = QLabel(self.tr("QUALITY"))
        heading.setProperty("role", "heading")
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self._preset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        for row in self._rows:
            layout.addWidget(row)
            layout.addWidget(_rule())
        self._preset_note.setProperty("role", "quiet")
        self._preset_note.setWordWrap(True)
        layout.addWidget(self._preset_note)

    def _preset_name(self, name: str) -> str:
        known = {"gentle": self.tr("Gentle"), "balanced": self.tr("Balanced"), "strict": self.tr("Strict")}
        return known.get(name, name.capitalize())

    def _show_preset(self) -> None:
        """Shows the preset whose lines are set now, else Custom."""
        current = self.thresholds
        index = self._preset.count() - 1
        note = ""
        for place, point in enumerate(self._points.values()):
            if point.thresholds == current:
                index = place
                note = self.tr("Measured: {share} of good photos end up over a line.").format(
                    share=f"{point.false_reject_rate * 100:.1f} %"
                )
        self._preset.setCurrentIndex(index)
        self._preset_note.setText(note or self.tr("Your own lines. Presets were measured on unseen photos."))

    @Slot()
    def _row_edited(self) -> None:
        self._show_preset()
        self._announce.call()

    @Slot(int)
    def _preset_chosen(self, index: int) -> None:
        point = self._points.get(self._preset.itemData(index))
        if point is not None:
            self.set_lines(point.thresholds, self.modes)
            self._announce.call()


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
