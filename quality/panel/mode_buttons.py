"""Off / Hint / Auto / Reject as four joined buttons; holds a mode and does nothing with it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from quality.core.labels import Defect
from quality.core.thresholds import Mode
from quality.panel.defect_text import defect_name, mode_meaning, mode_name

_MODES = tuple(Mode)


class ModeButtons(QWidget):
    """One of the four is always down; `chosen` only when the user did it."""

    chosen = Signal()

    def __init__(self, defect: Defect, parent: QWidget | None = None) -> None:
        """Makes the buttons of one defect."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, mode in enumerate(_MODES):
            button = QPushButton(mode_name(mode))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("role", "segment")
            place = {0: "first", len(_MODES) - 1: "last"}.get(index, "middle")
            button.setProperty("place", place)
            button.setToolTip(mode_meaning(mode))
            button.setAccessibleName(f"{defect_name(defect)}: {mode_name(mode)}")
            self._group.addButton(button, index)
            # Room by the length of the word: the one that is down is bold, and must not touch its edges.
            row.addWidget(button, len(mode_name(mode)) + 2)
        self._group.idClicked.connect(self._clicked)

    @property
    def mode(self) -> Mode:
        """The mode whose button is down."""
        return _MODES[self._group.checkedId()]

    def set_mode(self, mode: Mode) -> None:
        """Sets the mode without announcing it."""
        self._group.button(_MODES.index(mode)).setChecked(True)

    def click(self, mode: Mode) -> None:
        """Chooses a mode as a click would."""
        self._group.button(_MODES.index(mode)).click()

    @Slot(int)
    def _clicked(self, _index: int) -> None:
        self.chosen.emit()
