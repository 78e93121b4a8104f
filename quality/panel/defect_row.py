"""The controls of one defect: badge, name, count, Off / Hint / Auto / Reject, threshold slider and number."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from quality.core.labels import Defect
from quality.core.thresholds import Mode, clamp_threshold
from quality.panel.badge import BadgeLabel
from quality.panel.defect_text import defect_meaning, defect_name, mode_meaning, mode_name
from quality.panel.threshold_slider import STEPS, ThresholdSlider


class DefectRow(QWidget):
    """Shows and edits the threshold and the mode of one defect; `edited` only when the user did it."""

    edited = Signal()

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
        self._badge = BadgeLabel(defect)
        self._count = QLabel()
        self._modes = QButtonGroup(self)
        self.slider = ThresholdSlider()
        self.number = QDoubleSpinBox()
        self._reset = QToolButton()
        self._reset.setIcon(reset_icon)
        self._build()
        self._name_controls()
        self._modes.idClicked.connect(self._mode_clicked)
        self.slider.valueChanged.connect(self._slider_moved)
        self.slider.reset_asked.connect(self._reset_asked)
        self.number.valueChanged.connect(self._number_typed)
        self._reset.clicked.connect(self._reset_asked)
        self._show_threshold()
        self.set_mode(Mode.REJECT)

    @property
    def threshold(self) -> float:
        """The line, 0..1, exactly as it was set."""
        return self._threshold

    @property
    def mode(self) -> Mode:
        """What the defect may do."""
        return list(Mode)[self._modes.checkedId()]

    @property
    def count_text(self) -> str:
        """What the row says about the photos over its line."""
        return self._count.text()

    def click_mode(self, mode: Mode) -> None:
        """Chooses a mode as a click would."""
        self._modes.button(list(Mode).index(mode)).click()

    def set_threshold(self, threshold: float) -> None:
        """Sets the line without announcing it."""
        self._threshold = clamp_threshold(threshold)
        self._show_threshold()

    def set_mode(self, mode: Mode) -> None:
        """Sets the mode without announcing it."""
        self._modes.button(list(Mode).index(mode)).setChecked(True)
        self._show_mode()

    def set_neutral(self, threshold: float | None) -> None:
        """Where reset goes: the line of the operating point, or None while there is no model."""
        self._neutral = threshold
        self.slider.set_mark(threshold)
        self._show_threshold()

    def show_count(self, count: int, judged: int) -> None:
        """Shows how many photos are over the line; nothing before the first photo is judged."""
        texts = {
            Mode.OFF: "",
            Mode.HINT: self.tr("1 hint") if count == 1 else self.tr("{count} hints").format(count=count),
            Mode.AUTO: self.tr("{count} flagged").format(count=count),
            Mode.REJECT: self.tr("{count} flagged").format(count=count),
        }
        self._count.setText(texts[self.mode] if judged else "")

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
        top.addStretch(1)
        top.addWidget(self._count)
        self.number.setRange(0.0, 1.0)
        self.number.setSingleStep(0.01)
        self.number.setDecimals(2)
        self.number.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFrame(False)
        self.number.setFixedSize(56, 26)
        self._reset.setProperty("role", "small")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.slider, 1)
        line.addWidget(self.number)
        line.addWidget(self._reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(self._segments())
        layout.addLayout(line)

    def _segments(self) -> QHBoxLayout:
        """The joined mode buttons."""
        row = QHBoxLayout()
        row.setSpacing(0)
        places = ("first", "middle", "middle", "last")
        for index, mode in enumerate(Mode):
            button = QPushButton(mode_name(mode))
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setProperty("place", places[index])
            button.setToolTip(mode_meaning(mode))
            button.setAccessibleName(f"{defect_name(self.defect)}: {mode_name(mode)}")
            self._modes.addButton(button, index)
            row.addWidget(button, 1)
        return row

    def _name_controls(self) -> None:
        name = defect_name(self.defect)
        self._badge.setToolTip(defect_meaning(self.defect))
        self._badge.setAccessibleName(name)
        self.slider.setAccessibleName(self.tr("{name} threshold").format(name=name))
        self.slider.setToolTip(
            self.tr("Flagged from this score on. Double click: back to the operating point")
        )
        self.number.setAccessibleName(self.tr("{name} threshold as a number").format(name=name))
        self.number.setToolTip(self.tr("The line as a number, 0 to 1"))
        self._reset.setAccessibleName(self.tr("Reset {name}").format(name=name))
        self._reset.setToolTip(self.tr("Back to the operating point"))

    def _show_threshold(self) -> None:
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.slider.setValue(round(self._threshold * STEPS))
            self.number.setValue(self._threshold)
        self._reset.setEnabled(self._neutral is not None and self._neutral != self._threshold)

    def _show_mode(self) -> None:
        off = self.mode is Mode.OFF
        self._badge.setEnabled(not off)
        self._badge.set_hint(self.mode is Mode.HINT)
        self.slider.setEnabled(not off)
        self.number.setEnabled(not off)

    def _edit(self, threshold: float) -> None:
        self.set_threshold(threshold)
        self.edited.emit()

    @Slot(int)
    def _mode_clicked(self, _index: int) -> None:
        self._show_mode()
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
