"""The first page: what the program is for, a button to open a shoot, and the shoots opened last or a demo."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.pages import MessagePage

MOST_SHOOTS = 3
"""How many of the shoots opened last are offered."""


class StartPage(MessagePage):
    """The page shown until the first shoot is open."""

    shoot_chosen = Signal(object)
    demo_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("open", parent)
        self.demo = QPushButton(self.tr("Try the demo shoot"))
        self.demo.setToolTip(self.tr("29 photos, some of them spoilt on purpose, made on this computer"))
        self.demo.setProperty("role", "link")
        self.demo.hide()
        self.demo.clicked.connect(self._demo_clicked)
        self.shoots: list[QPushButton] = []
        self._heading = QLabel(self.tr("OPENED LAST"))
        self._heading.setProperty("role", "heading")
        self._heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heading.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._row.addStretch(1)
        below = QVBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.demo, 0, Qt.AlignmentFlag.AlignHCenter)
        below.addWidget(self._heading)
        below.addLayout(self._row)
        self.add_below(below)

    def offer(self, shoots: Sequence[Path], *, demo: bool) -> None:
        """Offers shoots to open again, the newest first, and the demo shoot.

        Args:
            shoots: Their folders.
            demo: Whether the demo shoot is offered to whoever has opened none yet.
        """
        for button in self.shoots:
            self._row.removeWidget(button)
            button.deleteLater()
        self.shoots = [self._button(folder) for folder in shoots[:MOST_SHOOTS]]
        for button in self.shoots:
            self._row.insertWidget(self._row.count() - 1, button)  # between the two stretches
        self._heading.setVisible(bool(self.shoots))
        self.demo.setVisible(demo and not shoots)

    def show_making(self, *, making: bool) -> None:
        """Says that the demo shoot is being made, or no longer."""
        if making:
            self.button.setFocus()
        self.demo.setEnabled(not making)
        self.demo.setText(self.tr("Making the demo shoot …") if making else self.tr("Try the demo shoot"))

    def _button(self, folder: Path) -> QPushButton:
        name = folder.name or str(folder)
        button = QPushButton(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 160))
        button.setToolTip(str(folder))
        button.setAccessibleName(self.tr("Open {name}").format(name=name))
        button.setProperty("folder", str(folder))
        button.clicked.connect(self._shoot_clicked)
        return button

    @Slot()
    def _shoot_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.shoot_chosen.emit(Path(str(button.property("folder"))))

    @Slot()
    def _demo_clicked(self) -> None:
        self.demo_chosen.emit()
