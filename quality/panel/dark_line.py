"""The light value below which a scene is dark, as a number to edit; matters to the mode Auto only."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from quality.core.scene_light import DARK_LINE, DARK_LINES
from quality.panel.number_field import NumberField


class DarkLine(QWidget):
    """One quiet line; `edited` only when the user did it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.tr(
            "Auto: a photo is only a hint where the scene itself was dark. The light value says how much "
            "light there was: about 1 for candles, 3 for floodlit buildings, 6 for a lit room, 12 for clouds."
        )
        label = QLabel(self.tr("Auto: dark scene below light value"))
        label.setProperty("role", "quiet")
        label.setToolTip(words)
        self.number = NumberField(44)
        self.number.setRange(*DARK_LINES)
        self.number.setSingleStep(0.5)
        self.number.setDecimals(1)
        self.number.setValue(DARK_LINE)
        self.number.setToolTip(words)
        self.number.setAccessibleName(self.tr("Light value below which a scene is dark"))
        self.number.valueChanged.connect(self._typed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(self.number)

    @property
    def value(self) -> float:
        """The light value."""
        return self.number.value()

    def set_value(self, value: float) -> None:
        """Sets it without announcing it."""
        with QSignalBlocker(self.number):
            self.number.setValue(value)

    @Slot(float)
    def _typed(self, _value: float) -> None:
        self.edited.emit()
