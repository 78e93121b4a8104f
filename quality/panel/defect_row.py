"""The controls of one defect: badge, name, count, mode, histogram with the line, slider and number."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from quality.core.labels import Defect
from quality.core.score_column import ScoreColumn
from quality.core.thresholds import Mode, clamp_threshold
from quality.panel.badge import BadgeLabel
from quality.panel.defect_text import defect_meaning, defect_name
from quality.panel.ground import Ground
from quality.panel.mode_buttons import ModeButtons
from quality.panel.number_field import NumberField
from quality.panel.score_histogram import ScoreHistogram
from quality.panel.still import Still
from quality.panel.threshold_slider import STEPS, ThresholdSlider


class DefectRow(Ground):
    """Shows and edits the threshold and the mode of one defect; `edited` only when the user did it.

    `touched` comes as soon as the pointer or the keyboard is at the line.
    """

    edited = Signal()
    touched = Signal()

    def __init__(self, defect: Defect, reset_icon: QIcon, parent: QWidget | None = None) -> None:
        """Builds the row.

        Args:
            defect: The defect it belongs to.
            reset_icon: Picture of the reset button.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self.defect = defect
        self._threshold = 0.5
        self._neutral: float | None = None
        self._column: ScoreColumn | None = None
        self._counted = ""
        self._badge = BadgeLabel(defect)
        self._count = QLabel()
        self._modes = ModeButtons(defect)
        self._line = QWidget()
        self.histogram = ScoreHistogram(defect)
        self.slider = ThresholdSlider()
        self.number = NumberField(48)
        self._reset = QToolButton()
        self._reset.setIcon(reset_icon)
        self._build()
        self._name_controls()
        self._modes.chosen.connect(self._mode_clicked)
        self.slider.valueChanged.connect(self._slider_moved)
        self.slider.reset_asked.connect(self._reset_asked)
        self.number.valueChanged.connect(self._number_typed)
        self._reset.clicked.connect(self._reset_asked)
        self.histogram.moved.connect(self._number_typed)
        self.histogram.hovered.connect(self._hovered)
        self.histogram.reset_asked.connect(self._reset_asked)
        self._show_threshold()
        self.set_mode(Mode.REJECT)

    @property
    def threshold(self) -> float:
        """The line, 0..1, exactly as it was set."""
        return self._threshold

    @property
    def mode(self) -> Mode:
        """What the defect may do."""
        return self._modes.mode

    @property
    def count_text(self) -> str:
        """What the row says about the photos over its line."""
        return self._count.text()

    def click_mode(self, mode: Mode) -> None:
        """Chooses a mode as a click would."""
        self._modes.click(mode)

    def set_threshold(self, threshold: float) -> None:
        """Sets the line without announcing it."""
        self._threshold = clamp_threshold(threshold)
        self._show_threshold()

    def set_mode(self, mode: Mode) -> None:
        """Sets the mode without announcing it."""
        self._modes.set_mode(mode)
        self._show_mode()

    def set_neutral(self, threshold: float | None) -> None:
        """Where reset goes: the line of the operating point, or None while there is no model."""
        self._neutral = threshold
        self.slider.set_mark(threshold)
        self._show_threshold()

    def show_count(self, flagged: int, hinted: int, judged: int) -> None:
        """Shows how many photos are over the line; nothing before the first photo is judged.

        Args:
            flagged: Photos that this defect advises rejecting.
            hinted: Photos for which it is only a hint.
            judged: Photos judged so far.
        """
        hints = self.tr("1 hint") if hinted == 1 else self.tr("{count} hints").format(count=hinted)
        words = self.tr("{count} flagged").format(count=flagged)
        if self.mode is Mode.HINT:
            words = hints
        elif hinted:
            words = f"{words}, {hints}"
        self._counted = words if judged and self.mode is not Mode.OFF else ""
        self._count.setText(self._counted)

    def show_column(self, column: ScoreColumn, *, partial: bool) -> None:
        """Shows the scores of the shoot in the histogram; partial while more are to come."""
        self._column = column
        self.histogram.show_column(column, partial=partial)

    def set_reset_icon(self, icon: QIcon) -> None:
        """Replaces the picture of the reset button, after a change of theme."""
        self._reset.setIcon(icon)

    def _build(self) -> None:
        title = QLabel(defect_name(self.defect))
        title.setProperty("role", "number")
        self._count.setProperty("role", "quiet")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._badge)
        top.addWidget(title)
        top.addWidget(Still(self._count), 1)
        self.number.setRange(0.0, 1.0)
        self.number.setSingleStep(0.01)
        self.number.setDecimals(2)
        self._reset.setProperty("role", "small")
        middle = QHBoxLayout()
        middle.setSpacing(4)
        middle.addWidget(self._modes, 1)
        middle.addWidget(self.number)
        middle.addWidget(self._reset)
        # Never lower than it wants: a question below the rows must not press them together.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addLayout(middle)
        inside = QVBoxLayout(self._line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.histogram)
        inside.addWidget(self.slider)
        layout.addWidget(self._line)

    def _name_controls(self) -> None:
        name = defect_name(self.defect)
        self._badge.setToolTip(defect_meaning(self.defect))
        self._badge.setAccessibleName(name)
        self.slider.setAccessibleName(self.tr("{name} threshold").format(name=name))
        self.histogram.setToolTip(
            self.tr(
                "The scores of this shoot, 0 to 1 (heights grow with the square root of the count). "
                "Drag the line; double click: back to the operating point"
            )
        )
        self.slider.setToolTip(
            self.tr("Flagged from this score on. Double click: back to the operating point")
        )
        self.number.setAccessibleName(self.tr("{name} threshold as a number").format(name=name))
        self.number.setToolTip(self.tr("The line as a number, 0 to 1"))
        self._reset.setAccessibleName(self.tr("Reset {name}").format(name=name))
        self._reset.setToolTip(self.tr("Back to the operating point"))

    def _show_threshold(self) -> None:
        self.histogram.set_threshold(self._threshold)
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.slider.setValue(round(self._threshold * STEPS))
            self.number.setValue(self._threshold)
        self._reset.setEnabled(self._neutral is not None and self._neutral != self._threshold)

    def _show_mode(self) -> None:
        off = self.mode is Mode.OFF
        self._badge.setEnabled(not off)
        self._badge.set_hint(self.mode is Mode.HINT)
        self.histogram.set_mode(self.mode)
        self._line.setVisible(not off)
        self.slider.setEnabled(not off)
        self.number.setEnabled(not off)

    def _edit(self, threshold: float) -> None:
        self.set_threshold(threshold)
        self.touched.emit()
        self.edited.emit()

    @Slot(object)
    def _hovered(self, score: float | None) -> None:
        """Says what moving the line to the pointer would change."""
        if score is None or self._column is None or self.mode is Mode.OFF:
            self._count.setText(self._counted)
            return
        self.touched.emit()
        change = self._column.over(score) - self._column.over(self._threshold)
        sign = {True: "+", False: "\N{MINUS SIGN}"}[change >= 0]
        self._count.setText(
            self.tr("{sign}{change} if you move here").format(sign=sign, change=abs(change))
            if change
            else self.tr("no change here")
        )

    @Slot()
    def _mode_clicked(self) -> None:
        self._show_mode()
        self.touched.emit()
        self.edited.emit()

    @Slot(int)
    def _slider_moved(self, value: int) -> None:
        self._edit(value / STEPS)

    @Slot(float)
    def _number_typed(self, value: float) -> None:
        self._edit(value)

    @Slot()
    def _reset_asked(self) -> None:
        if self._neutral is not None:
            self._edit(self._neutral)
