"""The small menu that asks which defect a photo is rejected for; marks nothing itself."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from quality.core.labels import DEFECTS, Defect
from quality.panel.badge import BadgeMark, badge_letter, badge_pixmap
from quality.panel.defect_text import defect_meaning, defect_name

_ICON_SIDE = 18


class DefectMenu(QMenu):
    """One key for each defect, Escape for none; `chosen` carries the defect."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Fills the menu."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Reject because of"))
        self.setToolTipsVisible(True)
        self.addSection(self.tr("Reject because of"))
        ratio = parent.devicePixelRatioF()
        for defect in DEFECTS:
            icon = QIcon(badge_pixmap(BadgeMark(defect), _ICON_SIDE, ratio))
            action = QAction(icon, _with_key(defect_name(defect), badge_letter(defect)), self)
            action.setToolTip(defect_meaning(defect))
            action.setData(defect.value)
            self.addAction(action)
        self.triggered.connect(self._triggered)

    def ask(self, at: QPoint) -> None:
        """Shows the menu and returns at once; the first defect has the focus.

        Args:
            at: Where, in pixels of the screen.
        """
        self.setActiveAction(self.defect_action(DEFECTS[0]))
        self.popup(at)

    def defect_action(self, defect: Defect) -> QAction:
        """The entry of a defect."""
        return next(action for action in self.actions() if action.data() == defect.value)

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        self.chosen.emit(Defect(action.data()))


def _with_key(name: str, letter: str) -> str:
    """The name with the badge's letter as its key, whether or not it begins with it in this language."""
    return f"&{name}" if name.startswith(letter) else f"{name} (&{letter})"
