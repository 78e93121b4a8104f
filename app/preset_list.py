"""The presets in the left column of the editor: a click applies one; saves nothing itself."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.preset_store import Preset
from editor.panel.parameter_words import operation_name


class PresetList(QWidget):
    """Heading, list, and the buttons to save and to remove."""

    chosen = Signal(str)
    save_asked = Signal()
    remove_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel(self.tr("PRESETS"))
        heading.setProperty("role", "heading")
        self.list, self.save, self.remove = _Names(), QToolButton(), QToolButton()
        self.empty = QLabel(self.tr("Settings saved under a name appear here."))
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "quiet")
        self.list.setAccessibleName(self.tr("Presets"))
        for button, tip in (
            (self.save, self.tr("Save this photo's settings as a preset")),
            (self.remove, self.tr("Remove the chosen preset")),
        ):
            button.setProperty("role", "small")
            button.setIconSize(QSize(16, 16))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(heading, 1)
        head.addWidget(self.save)
        head.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        self.list.itemClicked.connect(self._clicked)
        self.list.itemActivated.connect(self._clicked)
        self.list.remove_asked.connect(self._remove)
        self.list.currentRowChanged.connect(self._follow)
        self.save.clicked.connect(self.save_asked)
        self.remove.clicked.connect(self._remove)
        self.show_presets(())

    def show_presets(self, presets: Sequence[Preset]) -> None:
        """Shows the presets by name."""
        self.list.clear()
        for preset in presets:
            item = QListWidgetItem(preset.name)
            item.setToolTip(", ".join(operation_name(kind) for kind in preset.kinds))
            self.list.addItem(item)
        self.list.setVisible(bool(presets))
        self.empty.setVisible(not presets)
        self._follow()

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme."""
        self.save.setIcon(icon("plus"))
        self.remove.setIcon(icon("minus"))

    @Slot()
    def _follow(self) -> None:
        self.remove.setEnabled(self.list.currentItem() is not None)

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.text())

    @Slot()
    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.remove_asked.emit(item.text())


class _Names(QListWidget):
    """The Delete key asks to remove the chosen preset."""

    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("presets")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete removes; other keys move as in every list."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)
