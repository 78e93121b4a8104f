"""The photos a view shows, filtered and sorted: a list model over the model of all photos."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Slot

from app.photo_cell import PhotoCell
from app.photo_filter import EVERYTHING, PhotoFilter, SortKey, shown_rows
from app.photo_list_model import AnyIndex, PhotoListModel
from editor.core.clock_offsets import RIGHT_CLOCKS, ClockOffsets

_ROOT = QModelIndex()


class ShownPhotos(QAbstractListModel):
    """A place is a row of the view, a row is one of the shoot; only this model knows both."""

    def __init__(self, photos: PhotoListModel, parent: QObject | None = None) -> None:
        """Shows all photos.

        Args:
            photos: All photos.
            parent: The object that owns the model.
        """
        super().__init__(parent)
        self._photos = photos
        self.filter: PhotoFilter = EVERYTHING
        self.order, self.reverse = SortKey.NAME, False
        self.clocks: ClockOffsets = RIGHT_CLOCKS
        self._rows: NDArray[np.intp] = np.arange(len(photos.shoot))
        self._places = self._rows.copy()
        photos.modelAboutToBeReset.connect(self.beginResetModel)
        photos.modelReset.connect(self._reset)
        photos.dataChanged.connect(self._changed)

    def wanted_rows(self) -> NDArray[np.intp]:
        """The rows that filter and order want now."""
        photos = self._photos
        return shown_rows(
            photos.shoot, photos.over, self.filter, self.order, reverse=self.reverse, clocks=self.clocks
        )

    def refresh(self, rows: NDArray[np.intp]) -> None:
        """Shows these rows instead; views forget selection and focus."""
        self.beginResetModel()
        self._take(rows)
        self.endResetModel()

    @property
    def rows(self) -> NDArray[np.intp]:
        """The rows that are shown, in the order of the view."""
        return self._rows

    def path(self, place: int) -> Path:
        """The photo at a place."""
        return self._photos.shoot.photos[int(self._rows[place])]

    def row(self, place: int) -> int:
        """The shoot's row of a place; -1 for no place."""
        return int(self._rows[place]) if 0 <= place < len(self._rows) else -1

    def place_of_row(self, row: int) -> int | None:
        """Where a row is shown, None where it is not."""
        place = int(self._places[row])
        return place if place >= 0 else None

    def place_of(self, path: Path) -> int | None:
        """Where a photo is shown, None where it is not."""
        row = self._photos.shoot.row_of(path)
        return None if row is None else self.place_of_row(row)

    def paths(self, places: Iterable[int]) -> list[Path]:
        """The photos at some places."""
        return [self.path(place) for place in places]

    def cell(self, place: int) -> PhotoCell:
        """What the cell at a place shows, without a detour through Qt."""
        return self._photos.cell(int(self._rows[place]))

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Number of photos that are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the model of all photos says."""
        place = index.row()  # -1 where there is no cell
        return self._photos.read(int(self._rows[place]), role) if 0 <= place < len(self._rows) else None

    def _take(self, rows: NDArray[np.intp]) -> None:
        self._rows = rows
        self._places = np.full(len(self._photos.shoot), -1, dtype=np.intp)
        self._places[rows] = np.arange(len(rows))

    @Slot()
    def _reset(self) -> None:
        self._take(self.wanted_rows())
        self.endResetModel()

    @Slot(QModelIndex, QModelIndex, list)
    def _changed(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        places = self._places[first.row() : last.row() + 1]
        places = places[places >= 0]
        if places.size:
            self.dataChanged.emit(self.index(int(places.min())), self.index(int(places.max())), roles)
