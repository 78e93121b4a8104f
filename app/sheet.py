"""A sheet over the window: what a command would do, exactly, before it is done."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)


class Sheet(QDialog):
    """A title, a sentence, a list of two columns, and the command with Cancel; does nothing itself."""

    def __init__(self, title: str, sentence: str, command: str, parent: QWidget) -> None:
        """Builds an empty sheet.

        Args:
            title: What it is about.
            sentence: What would be done.
            command: The button that does it; empty where nothing can be done.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 520)
        heading, self.sentence, self.list = QLabel(title), QLabel(sentence), QTreeWidget()
        heading.setProperty("role", "title")
        self.sentence.setWordWrap(True)
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setAccessibleName(title)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Cancel if command else standard.Close)
        if command:
            button = self.buttons.addButton(command, QDialogButtonBox.ButtonRole.AcceptRole)
            button.setDefault(True)
            # The default button is bold, which Qt forgets when it measures.
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance(command) * 6 // 5 + 32)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 20, 24, 20)
        self._layout.setSpacing(12)
        for widget in (heading, self.sentence, self.list, self.buttons):
            self._layout.addWidget(widget)

    def add(self, text: str, note: str, inside: Iterable[tuple[str, str]] = ()) -> None:
        """Adds a line, with further lines below it."""
        item = QTreeWidgetItem(self.list, [text, note])
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(0, text)
        for inner, inner_note in inside:
            child = QTreeWidgetItem(item, [inner, inner_note])
            child.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            child.setToolTip(0, inner)
        item.setExpanded(True)

    @property
    def lines(self) -> list[str]:
        """The first column of every line."""
        found: list[str] = []
        item = self.list.topLevelItem(0)
        while item is not None:
            found.append(item.text(0))
            item = self.list.itemBelow(item)
        return found
