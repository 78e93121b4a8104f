"""Reads and writes preferences in an INI file; a value that makes no sense counts as its default."""

import logging
from pathlib import Path
from typing import TypeAlias, overload

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from app.resting_settings import RestingSettings
from app.settings_row import ChoiceRow, FileRow, SwitchRow, ValueRow, WholeRow
from app.settings_table import VALUE_ROWS

_log = logging.getLogger(__name__)

Value: TypeAlias = str | bool | int


class SettingsStore(QObject):
    """Lives in the GUI thread; `changed` carries the id of a row whose value is another now."""

    changed = Signal(str)

    def __init__(self, file: Path) -> None:
        """Opens the settings.

        Args:
            file: The INI file; made when first written.
        """
        super().__init__()
        file.parent.mkdir(parents=True, exist_ok=True)
        self._store = RestingSettings(file)
        self._at_start = self.values()

    @overload
    def value(self, row: ChoiceRow | FileRow) -> str: ...
    @overload
    def value(self, row: SwitchRow) -> bool: ...
    @overload
    def value(self, row: WholeRow) -> int: ...
    def value(self, row: ValueRow) -> Value:
        """The value of a row of the table, its default where there is none."""
        if isinstance(row, ChoiceRow):
            text = self._text(row.key)
            return text if text in row.values else row.default
        if isinstance(row, FileRow):
            return self._text(row.key)
        if isinstance(row, SwitchRow):
            return self._whole(row.key, int(row.default), 0, 1) == 1
        return self._whole(row.key, row.default, row.low, row.high)

    def set_value(self, row: ValueRow, value: Value) -> None:
        """Sets a row; its default is not written down, so that a better one may come with an update."""
        if value == self.value(row):
            return
        if value == row.default:
            self._store.remove(row.key)
        else:
            self._store.setValue(row.key, int(value) if isinstance(value, bool) else value)
        self.changed.emit(row.id)

    def reset(self, row: ValueRow) -> None:
        """Brings back the default."""
        self.set_value(row, row.default)

    def values(self) -> dict[ValueRow, Value]:
        """The values of the whole table, to be taken back."""
        return {row: self.value(row) for row in VALUE_ROWS}

    def waits_for_start(self, row: ValueRow) -> bool:
        """Whether a row was changed that takes effect only at the next start."""
        return row.restart and self.value(row) != self._at_start[row]

    def save(self) -> None:
        """Writes everything to the file now."""
        self._store.sync()
        if self._store.status() is not QSettings.Status.NoError:
            _log.warning("the settings could not be written to %s", self._store.fileName())

    def _text(self, key: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) else ""

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _whole(self, key: str, default: int, low: int, high: int) -> int:
        value = self._store.value(key)
        try:
            return min(high, max(low, int(str(value)))) if value is not None else default
        except ValueError:
            return default
