"""The grid of thumbnails: a virtualised list view with evenly spread cells; knows which rows are visible."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.badge_fade import BadgeFade
from app.photo_delegate import CellSource, PhotoDelegate
from app.photo_list_model import AnyIndex
from app.photo_roles import PhotoRole
from app.settings import THUMBNAIL_SIDES
from app.thumbnail_store import ThumbnailStore
from quality.panel.throttle import Throttle

_BATCH = 1000
_VISIBLE_MS = 60
_ONE_BY_ONE = 3


class PhotoGrid(QListView):
    """Shows the photos; announces when other rows become visible and when the size should change."""

    visible_changed = Signal()
    side_wanted = Signal(int)

    def __init__(self, thumbnails: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("grid")
        self.fade = BadgeFade(self)
        self.delegate = PhotoDelegate(thumbnails, self.fade, self)
        self._side = 184
        self._columns = 1
        self._announce = Throttle(self.visible_changed.emit, _VISIBLE_MS, self)
        self._set_up()
        self.setItemDelegate(self.delegate)
        self.fade.stepped.connect(self._repaint_rows)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def side(self) -> int:
        """Side of a thumbnail in device-independent pixels."""
        return self._side

    def set_side(self, side: int) -> None:
        """Changes the size of all thumbnails; the photo in view stays in view."""
        side = min(THUMBNAIL_SIDES[1], max(THUMBNAIL_SIDES[0], side))
        if side == self._side:
            return
        anchor = self.currentIndex()
        visible = self.visible_rows()
        if visible and anchor.row() not in visible:
            anchor = self.model().index(visible.start, 0)
        self._side = side
        self._spread()
        if anchor.isValid():
            self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.announce_visible()

    def visible_rows(self) -> range:
        """The rows of which at least a part is visible."""
        count = 0 if self.model() is None else self.model().rowCount()
        height = max(1, self.gridSize().height())
        top = self.verticalScrollBar().value()
        first = top // height * self._columns
        last = ((top + self.viewport().height() - 1) // height + 1) * self._columns
        return range(min(first, count), min(last, count))

    def announce_visible(self) -> None:
        """Asks for `visible_changed`, throttled."""
        self._announce.call()

    def dataChanged(  # noqa: N802 - Qt's name
        self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()
    ) -> None:
        """Passes on only what is visible: Qt would measure every row again, though all have one size."""
        visible = self.visible_rows()
        top, bottom = max(first.row(), visible.start), min(last.row(), visible.stop - 1)
        if top > bottom:
            return
        model = self.model()
        if list(roles) == [PhotoRole.BADGES]:
            self._repaint_badges(range(top, bottom + 1))
        else:
            super().dataChanged(model.index(top, 0), model.index(bottom, 0), list(roles))

    def _repaint_badges(self, places: Iterable[int]) -> None:
        """Repaints cells whose badges are others than those painted; of a dragged line's rows few are."""
        source: CellSource = self.model()  # type: ignore[assignment]
        stale = [place for place in places if self.delegate.is_stale(source.cell(place))]
        if len(stale) > _ONE_BY_ONE:
            # One plain rectangle is painted faster than an outline of many.
            self.viewport().update()
            return
        for place in stale:
            self.update(self.model().index(place, 0))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Hides what lies behind, so that nothing there is painted when a badge changes."""
        super().showEvent(event)
        self._hide_behind()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Does so anew in another theme: a style sheet takes it back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._hide_behind()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Fills the ground, then paints the cells."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().window())
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Spreads the cells over the new width."""
        current = self.currentIndex()
        seen = current.isValid() and current.row() in self.visible_rows()
        self._spread()
        super().resizeEvent(event)
        if seen:  # chips and strip come and go with the views: what is in focus is never cut by them
            self.scrollTo(current)
        self.announce_visible()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scrolls, or with Ctrl changes the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self.side_wanted.emit(round(self._side + steps * 16))
            event.accept()
            return
        super().wheelEvent(event)

    def keyboardSearch(self, _search: str) -> None:  # noqa: N802 - Qt's name
        """Letters are keys of the program, not the beginning of a name."""

    def _hide_behind(self) -> None:
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _set_up(self) -> None:
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # A bar that comes and goes would change the number of columns, and cells would jump.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(False)
        self.setAccessibleName(self.tr("Photos"))

    def _spread(self) -> None:
        """Shares the width evenly between as many columns as fit."""
        cell = PhotoDelegate.smallest_cell(self._side)
        # Qt breaks a line whose last cell would touch the right edge.
        width = self.viewport().width() - 1
        self._columns = max(1, width // cell.width())
        shared = QSize(max(cell.width(), width // self._columns), cell.height())
        self.delegate.set_cell(self._side, shared)
        self.setGridSize(shared)
        self.verticalScrollBar().setSingleStep(max(24, cell.height() // 3))

    @Slot(int)
    def _scrolled(self, _value: int) -> None:
        self.announce_visible()

    @Slot(list)
    def _repaint_rows(self, rows: list[int]) -> None:
        """Repaints the visible cells of these rows of the shoot."""
        faded = set(rows)
        source: CellSource = self.model()  # type: ignore[assignment]
        for place in self.visible_rows():
            if source.cell(place).row in faded:
                self.update(self.model().index(place, 0))
