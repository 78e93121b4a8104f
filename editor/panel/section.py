"""A group of the panel under a heading that folds it; says whether anything in it is set."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget


class Section(QWidget):
    """Heading, reset button and rows."""

    reset_asked = Signal()
    folded = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.heading, self.resetter, self.body = QToolButton(), QToolButton(), QWidget()
        self.heading.setProperty("role", "section")
        self.heading.setCheckable(True)
        self.heading.setChecked(True)
        self.heading.setArrowType(Qt.ArrowType.DownArrow)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setText(title)
        self.heading.setAccessibleName(title)
        self.heading.setToolTip(self.tr("Fold or unfold {title}").format(title=title))
        self.resetter.setProperty("role", "small")
        self.resetter.setIconSize(QSize(16, 16))
        self.resetter.setToolTip(self.tr("Reset {title}").format(title=title))
        self.resetter.setAccessibleName(self.resetter.toolTip())
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.resetter)
        self._rows = QVBoxLayout(self.body)
        self._rows.setContentsMargins(0, 2, 0, 6)
        self._rows.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.body)
        self.heading.toggled.connect(self._fold)
        self.resetter.clicked.connect(self._reset)
        self.set_touched(False)

    @property
    def title(self) -> str:
        """Its name."""
        return self._title

    def add(self, widget: QWidget) -> None:
        """Puts a row below the others."""
        self._rows.addWidget(widget)

    def set_touched(self, touched: bool) -> None:
        """Says whether anything in it is set: then it can be reset."""
        retained = self.resetter.sizePolicy()
        retained.setRetainSizeWhenHidden(True)
        self.resetter.setSizePolicy(retained)
        self.resetter.setVisible(touched)
        self.heading.setText(f"{self._title} •" if touched else self._title)

    def set_reset_icon(self, icon: QIcon) -> None:
        """Takes the icon of the theme."""
        self.resetter.setIcon(icon)

    def set_unfolded(self, unfolded: bool) -> None:
        """Folds or unfolds it."""
        self.heading.setChecked(unfolded)

    @property
    def unfolded(self) -> bool:
        """Whether its rows are on show."""
        return self.heading.isChecked()

    @Slot(bool)
    def _fold(self, unfolded: bool) -> None:
        self.body.setVisible(unfolded)
        self.heading.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self.folded.emit(unfolded)

    @Slot()
    def _reset(self) -> None:
        self.reset_asked.emit()
