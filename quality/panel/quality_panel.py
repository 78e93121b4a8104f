"""The quality panel: one row per defect and the presets; it edits lines and modes, never photos."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from quality.core.contract import BALANCED, OperatingPoint
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.score_column import ScoreColumn
from quality.core.thresholds import Mode, Modes, Thresholds
from quality.panel.dark_line import DarkLine
from quality.panel.defect_row import DefectRow
from quality.panel.focus_order import order_focus
from quality.panel.ground import Ground
from quality.panel.near_line import NearLine
from quality.panel.panel_notice import PanelNotice
from quality.panel.preset_box import PresetBox
from quality.panel.shoot_summary import ShootSummary
from quality.panel.throttle import Throttle

THROTTLE_MS = 15
_EMPTY = ScoreColumn(np.empty(0))


class QualityPanel(Ground):
    """Thresholds and modes of all defects; `changed` comes throttled, then read both properties.

    `left` says that the keyboard is done here and goes back to the photos. A click never takes the keyboard
    away from them, but for typing a number.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, icon: Callable[[str], QIcon], parent: QWidget | None = None) -> None:
        """Builds the panel.

        Args:
            icon: Gives an icon by name in the colours of the theme.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self._rows = PerDefect[DefectRow](*(DefectRow(defect, icon("reset"), self) for defect in DEFECTS))
        self._preset = PresetBox()
        self._preset_note, self._progress = QLabel(), QLabel()
        self.notice = PanelNotice()
        self.near = NearLine()
        self.summary = ShootSummary()
        self.dark_line = DarkLine()
        self._active = Defect.BLUR
        self._columns = PerDefect[ScoreColumn](_EMPTY, _EMPTY, _EMPTY)
        self._announce = Throttle(self.changed.emit, THROTTLE_MS, self)
        self._build()
        order_focus(self)
        self._preset.chosen.connect(self._preset_chosen)
        for row in self._rows:
            row.edited.connect(self._row_edited)
            row.touched.connect(self._row_touched)
            row.number.left.connect(self.left)
        self.dark_line.edited.connect(self._row_edited)
        self.dark_line.number.left.connect(self.left)
        self.notice.accepted.connect(self.left)
        self.notice.declined.connect(self.left)
        escape = QShortcut(Qt.Key.Key_Escape, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
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
        return self._preset.preset

    def choose_preset(self, name: str) -> None:
        """Chooses a preset as a click would.

        Raises:
            ValueError: There is no such preset.
        """
        self._preset.choose(name)

    def flush(self) -> None:
        """Announces now what is still to be announced."""
        self._announce.flush()

    def set_operating_points(self, points: Mapping[str, OperatingPoint]) -> None:
        """Fills the presets from the contract; an empty mapping while there is no model."""
        neutral = points[BALANCED].thresholds if points else None
        self._preset.set_points(points)
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

    def show_scores(self, probabilities: NDArray[np.float64], settled: int) -> None:
        """Shows the scores of the shoot in the histograms.

        Args:
            probabilities: Shape (photos, defects) in 0..1; not-a-number in rows that are not judged.
            settled: Photos that are judged or cannot be; fewer than all marks the histograms as partial.
        """
        total = len(probabilities)
        partial = settled < total
        self._columns = PerDefect[ScoreColumn](*(ScoreColumn(scores) for scores in probabilities.T))
        for defect in DEFECTS:
            self._rows.of(defect).show_column(self._columns.of(defect), partial=partial)
        judged = len(self._columns.blur)
        self._progress.setText(
            self.tr("{judged} of {total} so far").format(judged=judged, total=total)
            if judged
            else self.tr("Nothing judged yet")
        )
        self._progress.setVisible(partial)
        self._preset_note.setHidden(partial)
        self._show_near()

    def show_counts(self, flagged: PerDefect[int], hinted: PerDefect[int], judged: int) -> None:
        """Shows how many photos are over each line.

        Args:
            flagged: Photos that a defect advises rejecting.
            hinted: Photos for which it is only a hint.
            judged: Photos judged so far.
        """
        for defect in DEFECTS:
            self._rows.of(defect).show_count(flagged.of(defect), hinted.of(defect), judged)

    @property
    def progress_text(self) -> str:
        """What is said while scores are still to come."""
        return "" if self._progress.isHidden() else self._progress.text()

    def column(self, defect: Defect) -> ScoreColumn:
        """The scores of one defect."""
        return self._columns.of(defect)

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of another theme."""
        for row in self._rows:
            row.set_reset_icon(icon("reset"))

    def _build(self) -> None:
        heading = QLabel(self.tr("QUALITY"))
        heading.setProperty("role", "heading")
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(heading)
        for label in (self._preset_note, self._progress):
            label.setProperty("role", "quiet")
            said.addWidget(label)
        self._progress.hide()
        top = QHBoxLayout()
        top.addLayout(said, 1)
        top.addWidget(self._preset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        for row in self._rows:
            layout.addWidget(row)
            if row.defect is Defect.UNDER:
                layout.addWidget(self.dark_line)
            layout.addWidget(_rule())
        layout.addWidget(self.near)

    def _show_preset(self) -> None:
        """Shows the preset whose lines are set now, else Custom."""
        self._preset_note.setText(self._preset.show_lines(self.thresholds, self.modes))
        self.dark_line.setVisible(Mode.AUTO in tuple(self.modes))

    def _show_near(self) -> None:
        """Shows the photos nearest the line that was touched last, or of a defect that is not off."""
        rows = (self._rows.of(self._active), *self._rows)
        row = next((row for row in rows if row.mode is not Mode.OFF), rows[0])
        self.near.show_line(row.defect, self._columns.of(row.defect), row.threshold, row.mode)

    @Slot()
    def _row_touched(self) -> None:
        row = self.sender()
        if isinstance(row, DefectRow) and row.defect is not self._active:
            self._active = row.defect
            self._show_near()

    @Slot()
    def _row_edited(self) -> None:
        self._show_preset()
        self._show_near()
        self._announce.call()

    @Slot(object, object)
    def _preset_chosen(self, thresholds: Thresholds, modes: Modes) -> None:
        self.set_lines(thresholds, modes)
        self._show_near()
        self._announce.call()


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
