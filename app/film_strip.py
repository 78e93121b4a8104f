"""The film strip below a large photo: the same photos in one line; shares focus with the grid."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.badge_fade import BadgeFade
from app.photo_delegate import PhotoDelegate
from app.photo_list_model import AnyIndex
from app.thumbnail_store import ThumbnailStore
from quality.panel.throttle import Throttle

SIDE = 64
_VISIBLE_MS = 60
_ONE_BY_ONE = 3


class FilmStrip(QListView):
    """Keeps the photo in focus in the middle; never takes the keyboard."""

    visible_changed = Signal()

    def __init__(self, thumbnails: ThumbnailStore, fade: BadgeFade, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._cell = PhotoDelegate.smallest_cell(SIDE) + QSize(16, 0)
        self.delegate = PhotoDelegate(thumbnails, fade, self)
        self.delegate.set_cell(SIDE, self._cell)
        self.setItemDelegate(self.delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Film strip"))
        self.setFixedHeight(self._cell.height() + 4)
        self._announce = Throttle(self.visible_changed.emit, _VISIBLE_MS, self)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    def visible_rows(self) -> range:
        """The places of which at least a part is visible."""
        count = 0 if self.model() is None else self.model().rowCount()
        width, left = self._cell.width(), self.horizontalScrollBar().value()
        last = (left + self.viewport().width() - 1) // width + 1
        return range(min(left // width, count), min(last, count))

    def dataChanged(  # noqa: N802 - Qt's name
        self, first: AnyIndex, last: AnyIndex, _roles: Sequence[int] = ()
    ) -> None:
        """Repaints what is visible of it: Qt would lay all photos out anew, though none changes its size."""
        visible = self.visible_rows()
        changed = range(max(first.row(), visible.start), min(last.row() + 1, visible.stop))
        if not changed or not self.isVisible():
            return
        if len(changed) > _ONE_BY_ONE:
            self.viewport().update()
            return
        for place in changed:
            self.update(self.model().index(place, 0))

    @Slot(QModelIndex, QModelIndex)
    def follow(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """Brings the photo in focus to the middle."""
        if current.isValid() and self.isVisible():
            self.centre()

    def centre(self) -> None:
        """Brings the photo in focus to the middle."""
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._announce.call()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keeps the photo in focus in the middle."""
        super().resizeEvent(event)
        self.centre()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Any wheel moves it sideways."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned)
        event.accept()

    @Slot(int)
    def _scrolled(self, _value: int) -> None:
        self._announce.call()
