"""A sheet over the window: what a command would do, exactly, before it is done."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.screen_room import screen_room

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_INDENT = "      "
_LINE = 28


class SheetLines(QAbstractTableModel):
    """Lines of a text and a note; a line may belong to the one above."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[tuple[str, str, bool]] = []
        self._headings: set[int] = set()
        self._bold = QFont()
        self._bold.setBold(True)

    def add_heading(self, text: str) -> None:
        """Adds a line that stands above a group of others."""
        self._headings.add(len(self.rows))
        self.add(text, "", inside=False)

    def add(self, text: str, note: str, *, inside: bool) -> None:
        """Adds a line; with `inside` it belongs to the one above."""
        place = len(self.rows)
        self.beginInsertRows(QModelIndex(), place, place)
        self.rows.append((text, note, inside))
        self.endInsertRows()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Number of lines."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Text and note."""
        return 0 if parent.isValid() else 2

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the view asks for."""
        text, note, inside = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return note if index.column() else (_INDENT + text if inside else text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        if role == Qt.ItemDataRole.FontRole and index.row() in self._headings:
            return self._bold
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


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
        self.resize(680, 520)
        self.heading, self.sentence, self.list = QLabel(title), QLabel(sentence), QTableView()
        self._lines = SheetLines(self)
        self.heading.setProperty("role", "title")
        self.sentence.setWordWrap(True)
        self.list.setModel(self._lines)
        self.list.setShowGrid(False)
        self.list.verticalHeader().hide()
        self.list.horizontalHeader().hide()
        self.list.verticalHeader().setDefaultSectionSize(_LINE)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setAccessibleName(title)
        self.list.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Cancel if command else standard.Close)
        self.command = QPushButton(command)
        if command:
            self.buttons.addButton(self.command, QDialogButtonBox.ButtonRole.AcceptRole)
            self.command.setDefault(True)
            self.set_words(sentence, command)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 20, 24, 20)
        self._layout.setSpacing(12)
        for widget in (self.heading, self.sentence, self.list, self.buttons):
            self._layout.addWidget(widget)

    def add(self, text: str, note: str, inside: Sequence[tuple[str, str]] = ()) -> None:
        """Adds a line, with further lines that belong to it."""
        self._lines.add(text, note, inside=False)
        for inner, inner_note in inside:
            self._lines.add(inner, inner_note, inside=True)

    def add_group(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """Adds a heading with its lines."""
        self._lines.add_heading(title)
        for text, note in lines:
            self._lines.add(text, note, inside=True)

    def set_words(self, sentence: str, command: str) -> None:
        """Says something else of what would be done, after a choice."""
        self.sentence.setText(sentence)
        self.command.setText(command)
        # The default button is bold, which Qt forgets when it measures.
        width = self.command.fontMetrics().horizontalAdvance(command)
        self.command.setMinimumWidth(width * 6 // 5 + 32)

    def add_choice(self, choice: QWidget) -> None:
        """Puts a line with a choice above the buttons."""
        self._layout.insertWidget(self._layout.count() - 1, choice)

    def fit_lines(self) -> None:
        """Makes the sheet as wide as its longest line, or as the screen, where such a line breaks.

        Only for short lists: every line is measured.
        """
        self.list.ensurePolished()
        self.list.verticalHeader().setMinimumSectionSize(_LINE)
        self.list.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns = sum(self.list.sizeHintForColumn(column) for column in (0, 1))
        margins = self._layout.contentsMargins()
        beside = margins.left() + margins.right() + self.list.verticalScrollBar().sizeHint().width()
        wanted = columns + beside + 4 * self.list.frameWidth()
        most = screen_room(self.frameGeometry().center()).width() * 9 // 10
        self.resize(min(max(wanted, self.width()), most), self.height())

    def hide_list(self) -> None:
        """Leaves the list out; the sheet is as small as its words."""
        self.list.hide()
        self.resize(560, 200)

    @property
    def lines(self) -> list[str]:
        """The text of every line."""
        return [text for text, _note, _inside in self._lines.rows]
