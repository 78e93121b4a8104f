"""The photos that cannot be read as a Qt table: name and reason; rows come at the end and never move."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.photo_list_model import AnyIndex

_ROOT = QModelIndex()
NAME, REASON = 0, 1
"""The columns."""


class FaultListModel(QAbstractTableModel):
    """Follows the faults of a shoot so that selection, focus and scroll position of a view stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos: list[Path] = []
        self._reasons: dict[Path, str] = {}

    @property
    def photos(self) -> tuple[Path, ...]:
        """The photos in the order of the rows."""
        return tuple(self._photos)

    def follow(self, reasons: Mapping[Path, str]) -> None:
        """Shows these photos and no others: those that stay keep their order, new ones follow.

        Args:
            reasons: For each photo why it cannot be read, a sentence.
        """
        before, self._reasons = self._reasons, dict(reasons)
        self._remove([row for row, path in enumerate(self._photos) if path not in reasons])
        for row, path in enumerate(self._photos):
            if before[path] != reasons[path]:
                self.dataChanged.emit(self.index(row, REASON), self.index(row, REASON))
        new = [path for path in reasons if path not in before]
        if new:
            first = len(self._photos)
            self.beginInsertRows(_ROOT, first, first + len(new) - 1)
            self._photos += new
            self.endInsertRows()

    def path(self, row: int) -> Path:
        """The photo of a row."""
        return self._photos[row]

    def text(self, photos: Iterable[Path]) -> str:
        """One line for each of these photos: its name, a tab and the reason."""
        return "".join(f"{path.name}\t{self._reasons[path]}\n" for path in photos)

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Number of photos."""
        return 0 if parent.isValid() else len(self._photos)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Name and reason."""
        return 0 if parent.isValid() else 2

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a view asks for; None for roles that are not ours."""
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        path = self._photos[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return path.name if index.column() == NAME else self._reasons[path]
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(path) if index.column() == NAME else self._reasons[path]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{path.name}: {self._reasons[path]}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns, which screen readers say."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Photo") if section == NAME else self.tr("Reason")
        return None

    def _remove(self, rows: list[int]) -> None:
        if rows and len(rows) == len(self._photos):
            self.beginResetModel()
            self._photos.clear()
            self.endResetModel()
            return
        for row in reversed(rows):
            self.beginRemoveRows(_ROOT, row, row)
            del self._photos[row]
            self.endRemoveRows()
