"""Paints one cell of the grid: thumbnail, name, badges, marks, or what is wrong with a broken file."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.badge_fade import BadgeFade
from app.broken_cell import paint_broken
from app.cell_faces import CellFaces
from app.edited_mark import paint_edited
from app.mark_paint import REJECT_OPACITY, label_color, paint_flag, paint_label, paint_stars
from app.photo_cell import CellFace, PhotoCell
from app.thumbnail_store import ThumbnailStore
from editor.core.marks import Flag, Marks
from quality.panel.badge import BadgeMark, badge_pixmap

PADDING = 8
CAPTION = 24
GAP = 8
_TINY = 96
"""Below this side a name is cut at its beginning: the number at its end tells photos apart."""
_SMALL = 128
"""Below this side marks and badges are smaller."""


class CellSource(Protocol):
    """A model whose places the delegate paints."""

    def cell(self, place: int) -> PhotoCell:
        """What is shown at a place."""


class PhotoDelegate(QStyledItemDelegate):
    """Reads everything from its model, a `CellSource`, and the thumbnail store; changes neither."""

    def __init__(self, thumbnails: ThumbnailStore, fade: BadgeFade, parent: QObject | None = None) -> None:
        """Makes the delegate.

        Args:
            thumbnails: Where the pictures are.
            fade: How opaque new badges are.
            parent: The object that owns it.
        """
        super().__init__(parent)
        self.thumbnails = thumbnails
        self._fade = fade
        self._side = 184
        self._cell = self.smallest_cell(self._side)
        self._broken = QIcon()
        self._badges: dict[tuple[BadgeMark, int, float], QPixmap] = {}
        self._painted: dict[int, tuple[BadgeMark, ...]] = {}
        self._faces = CellFaces()

    @staticmethod
    def smallest_cell(side: int) -> QSize:
        """The cell around a thumbnail of this side, with the gap to its neighbours."""
        return QSize(side + 2 * PADDING + GAP, side + 2 * PADDING + CAPTION + GAP)

    def set_cell(self, side: int, cell: QSize) -> None:
        """Sets the side of the thumbnail and the size of the whole cell."""
        self._side, self._cell = side, cell

    def set_broken_icon(self, icon: QIcon) -> None:
        """Sets the mark of a broken file."""
        self._broken = icon
        self._faces.clear()

    def is_stale(self, cell: PhotoCell) -> bool:
        """Whether the badges of a cell are others than those painted last."""
        return self._painted.get(cell.row) != cell.badges

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """All cells have the same size."""
        return self._cell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Copies the cell, painted once, and puts its badges on it."""
        source: CellSource = index.model()  # type: ignore[assignment]
        cell = source.cell(index.row())
        ratio = painter.device().devicePixelRatioF()
        corner = QPointF(option.rect.topLeft())
        corner = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
        picture = None if cell.face.broken else self.thumbnails.pixmap(cell.face.path, self._side, ratio)
        look = option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        key = (
            cell.face,
            0 if picture is None else picture.cacheKey(),
            look.value,
            option.palette.cacheKey(),
            option.font.key(),
            (option.rect.width(), option.rect.height(), self._side, ratio),
        )
        paint = partial(self._paint_face, asked=option, face=cell.face, picture=picture)
        painter.drawPixmap(corner, self._faces.face(key, option.rect.size(), ratio, paint))
        self._paint_badges(painter, self._room(option.rect), cell)

    def _paint_face(
        self, painter: QPainter, asked: QStyleOptionViewItem, face: CellFace, picture: QPixmap | None
    ) -> None:
        """Paints all but the badges."""
        option = QStyleOptionViewItem(asked)
        option.rect = QRect(QPoint(0, 0), asked.rect.size())
        card, room = self._card(option.rect), self._room(option.rect)
        self._paint_ground(painter, option, card)
        if face.broken:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            paint_broken(painter, option.palette, room, self._broken, face.fault, selected=selected)
        else:
            self._paint_picture(painter, option, room, face.marks, picture)
        self._paint_marks(painter, room, face.marks)
        if face.edited:
            side = 20 if self._side >= _SMALL else 16
            box = QRectF(room.right() - side - 1, room.bottom() - side - 1, side, side)
            paint_edited(painter, box)
        self._paint_name(painter, option, card, face)

    def _room(self, rect: QRect) -> QRect:
        """Where the picture of a cell lies."""
        card = self._card(rect)
        return QRect(card.left() + PADDING, card.top() + PADDING, card.width() - 2 * PADDING, self._side)

    def _card(self, rect: QRect) -> QRect:
        """The card: its share of the grid without the gaps."""
        return rect.adjusted(GAP // 2, GAP // 2, -GAP // 2, -GAP // 2)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, cell: QRect) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.AlternateBase
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.color(role))
        painter.drawRoundedRect(cell, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.BrightText), 2))
            painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_picture(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        room: QRect,
        marks: Marks,
        picture: QPixmap | None,
    ) -> None:
        if picture is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_faded(option.palette.color(QPalette.ColorRole.WindowText), 0.06))
            inset = self._side // 6
            painter.drawRoundedRect(room.adjusted(0, inset, 0, -inset), 4, 4)
            return
        size, ratio = picture.deviceIndependentSize(), picture.devicePixelRatio()
        corner = QPointF(room.center()) - QPointF(size.width() / 2 - 0.5, size.height() / 2 - 0.5)
        snapped = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
        painter.setOpacity(REJECT_OPACITY if marks.flag is Flag.REJECT else 1.0)
        painter.drawPixmap(snapped, picture)
        painter.setOpacity(1.0)

    def _paint_marks(self, painter: QPainter, room: QRect, marks: Marks) -> None:
        """The decision at the top right, away from the advice; stars at the bottom left."""
        side = 26 if self._side >= _SMALL else 20
        paint_flag(painter, QRectF(room.right() - side - 1, room.top() + 2, side, side), marks.flag)
        height = 18 if self._side >= _SMALL else 14
        corner = QPointF(room.left() + 2, room.bottom() - height - 1)
        paint_stars(painter, corner, marks.rating, height)

    def _paint_badges(self, painter: QPainter, room: QRect, cell: PhotoCell) -> None:
        self._painted[cell.row] = cell.badges
        if not cell.badges or cell.face.broken:
            return
        side = 26 if self._side >= _SMALL else 20
        corner = QPointF(room.left() + 1, room.top() + 1)
        painter.setOpacity(self._fade.opacity(cell.row))
        for mark in cell.badges:
            painter.drawPixmap(corner, self._badge(mark, side, painter.device().devicePixelRatioF()))
            corner += QPointF(side + 4, 0)
        painter.setOpacity(1.0)

    def _badge(self, mark: BadgeMark, side: int, ratio: float) -> QPixmap:
        """A badge, painted once for each size."""
        key = (mark, side, ratio)
        if key not in self._badges:
            self._badges[key] = badge_pixmap(mark, side, ratio)
        return self._badges[key]

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, card: QRect, face: CellFace
    ) -> None:
        room = QRect(card.left() + PADDING, card.bottom() - CAPTION - 2, card.width() - 2 * PADDING, CAPTION)
        label = face.marks.label
        if label:
            _paint_label_bar(painter, card, label)
            paint_label(painter, QRectF(room.left(), room.center().y() - 7.5, 16, 16), label)
            room.setLeft(room.left() + 22)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.WindowText
        painter.setFont(option.font)
        painter.setPen(option.palette.color(role))
        elide = Qt.TextElideMode.ElideMiddle if self._side >= _TINY else Qt.TextElideMode.ElideLeft
        text = QFontMetrics(option.font).elidedText(face.caption, elide, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


def _paint_label_bar(painter: QPainter, cell: QRect, label: str) -> None:
    """A bar along the lower edge of the card."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(label_color(label))
    painter.drawRoundedRect(QRectF(cell.left() + 4, cell.bottom() - 3.5, cell.width() - 8, 3), 1.5, 1.5)


def _faded(color: QColor, alpha: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(alpha)
    return faded
