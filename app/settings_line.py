"""One line of the settings: name, what it does, its editor and its reset; it reads and sets one row."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from app.settings import Settings
from app.settings_editors import make_editor
from app.settings_row import ChoiceRow, ValueRow
from app.settings_store import Value
from app.settings_table import translated

GAP = 24


class SettingsLine(QWidget):
    """The frame of every line: texts at the left, a widget and the reset at the right."""

    def __init__(self, name: str, tip: str, editor: QWidget, reset_icon: QIcon) -> None:
        """Lays a line out.

        Args:
            name: What is set.
            tip: A sentence that says what it does.
            editor: The widget at the right.
            reset_icon: The sign on the reset button.
        """
        super().__init__()
        self.editor = editor
        self._words = f"{name} {tip}"
        self._grid = QGridLayout(self)
        self.name, self.tip, self.note = QLabel(name), QLabel(tip), QLabel()
        self.reset = QToolButton()
        self.name.setBuddy(editor)
        self.tip.setProperty("role", "quiet")
        self.tip.setWordWrap(True)
        self.tip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.note.setProperty("role", "warning")
        self.note.setWordWrap(True)
        self.note.hide()
        self.reset.setProperty("role", "small")
        self.reset.setIcon(reset_icon)
        words = self.tr("Reset: {name}").format(name=name)
        self.reset.setToolTip(words)
        self.reset.setAccessibleName(words)
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.reset.hide()
        self._lay_out()

    @property
    def words(self) -> str:
        """What a search finds it by, in any case of letters."""
        return self._words

    def refresh(self) -> None:
        """Shows what the settings say; the subclass knows what."""

    def add_answer(self, answer: QWidget) -> None:
        """Puts a widget beside the note."""
        self._grid.addWidget(answer, 2, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def _lay_out(self) -> None:
        layout = self._grid
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.addWidget(self.name, 0, 0)
        layout.addWidget(self.tip, 1, 0)
        layout.addWidget(self.note, 2, 0)
        layout.setColumnMinimumWidth(1, GAP - 16)
        layout.addWidget(self.editor, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.reset, 0, 3, 2, 1, Qt.AlignmentFlag.AlignTop)
        layout.setColumnStretch(0, 1)


class ValueLine(SettingsLine):
    """A line whose row has a value; what is chosen holds at once."""

    def __init__(self, row: ValueRow, settings: Settings, reset_icon: QIcon) -> None:
        editor = make_editor(row)
        super().__init__(translated(row.text), translated(row.tip), editor, reset_icon)
        self._row, self._settings, self._editor = row, settings, editor
        editor.chosen.connect(self._chosen)
        self.reset.clicked.connect(self._reset)
        self.refresh()

    @property
    def words(self) -> str:
        """What a search finds it by: its choices too."""
        choices = self._row.choices if isinstance(self._row, ChoiceRow) else ()
        return " ".join([super().words, *(translated(text) for _value, text in choices)])

    def refresh(self) -> None:
        """Shows what the settings say."""
        row, value = self._row, self._settings.value(self._row)
        self._editor.show_value(value)
        self.reset.setVisible(value != row.default)
        waits = self._settings.waits_for_start(row)
        later = self.tr("Takes effect when Framesift is started again.") if row.restart else ""
        self.tip.setText(". ".join(text for text in (translated(row.tip), later) if text))
        self.note.setText(self.tr("Start Framesift again to let this take effect.") if waits else "")
        self.note.setVisible(waits)

    @Slot(object)
    def _chosen(self, value: Value) -> None:
        self._settings.set_value(self._row, value)

    @Slot()
    def _reset(self) -> None:
        self._settings.reset(self._row)
        self._editor.setFocus()
