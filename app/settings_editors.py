"""The widgets that edit one value each: a box of choices, a switch, a number, a file; they store nothing."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QSpinBox, QWidget

from app.settings_row import ChoiceRow, FileRow, SwitchRow, ValueRow, WholeRow
from app.settings_store import Value
from app.settings_table import translated

WIDTH = 272
"""All editors stand in one column of this width, in device-independent pixels."""

_INDENT = 6


class ChoiceEditor(QComboBox):
    """A box of choices; the wheel scrolls the dialog instead of changing what lies under it."""

    chosen = Signal(object)

    def __init__(self, row: ChoiceRow) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for value, text in row.choices:
            self.addItem(translated(text), value)
        self.activated.connect(self._activated)

    def show_value(self, value: Value) -> None:
        """Shows a value without announcing it."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Belongs to the dialog."""
        event.ignore()

    @Slot(int)
    def _activated(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))


class SwitchEditor(QWidget):
    """A check box."""

    chosen = Signal(object)

    def __init__(self, _row: SwitchRow) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.setFixedWidth(WIDTH)
        self.setFocusProxy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addStretch(1)
        self.box.clicked.connect(self._clicked)
        self._name()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Names the box itself, which is what a screen reader meets."""
        self.box.setAccessibleName(name)

    def show_value(self, value: Value) -> None:
        """Shows a value without announcing it."""
        self.box.setChecked(bool(value))
        self._name()

    def _name(self) -> None:
        self.box.setText(self.tr("On") if self.box.isChecked() else self.tr("Off"))

    @Slot(bool)
    def _clicked(self, on: bool) -> None:
        self._name()
        self.chosen.emit(on)


class WholeEditor(QSpinBox):
    """A box for a number; the wheel scrolls the dialog instead of changing what lies under it."""

    chosen = Signal(object)

    def __init__(self, row: WholeRow) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "setting")
        self.setRange(row.low, row.high)
        self.setSingleStep(row.step)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        self.setSpecialValueText(translated(row.lowest_text))
        if row.unit:
            self.setSuffix(f" {translated(row.unit)}")
        self.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
        self.valueChanged.connect(self._changed)

    def show_value(self, value: Value) -> None:
        """Shows a value without announcing it."""
        with QSignalBlocker(self):
            self.setValue(int(value))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Belongs to the dialog."""
        event.ignore()

    @Slot(int)
    def _changed(self, value: int) -> None:
        self.chosen.emit(value)


class FileEditor(QComboBox):
    """A box that has no file, the one that is named, and a way to another; the wheel scrolls the dialog."""

    chosen = Signal(object)

    def __init__(self, row: FileRow) -> None:
        super().__init__()
        self._row, self._file = row, ""
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._activated)
        self.show_value("")

    def show_value(self, value: Value) -> None:
        """Shows a value without announcing it."""
        self._file = str(value)
        with QSignalBlocker(self):
            self.clear()
            self.addItem(translated(self._row.none_text), "")
            if self._file:
                self.addItem(Path(self._file).name, self._file)
                self.setItemData(1, self._file, Qt.ItemDataRole.ToolTipRole)
            self.addItem(self.tr("Choose a file…"), None)
            self.setCurrentIndex(1 if self._file else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Belongs to the dialog."""
        event.ignore()

    @Slot(int)
    def _activated(self, index: int) -> None:
        file = self.itemData(index)
        if file is None:
            pattern, before = translated(self._row.pattern), self._file or str(Path.home())
            title = translated(self._row.text)
            file = QFileDialog.getOpenFileName(self, title, before, pattern)[0] or self._file
        self.show_value(file)
        self.chosen.emit(file)


def make_editor(row: ValueRow) -> ChoiceEditor | SwitchEditor | WholeEditor | FileEditor:
    """Makes the editor of a row; its `chosen` carries what the user chose."""
    editor: ChoiceEditor | SwitchEditor | WholeEditor | FileEditor
    if isinstance(row, ChoiceRow):
        editor = ChoiceEditor(row)
    elif isinstance(row, FileRow):
        editor = FileEditor(row)
    elif isinstance(row, SwitchRow):
        editor = SwitchEditor(row)
    else:
        editor = WholeEditor(row)
    editor.setAccessibleName(translated(row.text))
    editor.setAccessibleDescription(translated(row.tip))
    return editor
