"""Paints one cell of the grid: thumbnail, name, badges, marks, or what is wrong with a broken file."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette, QPen, QPixmap, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.badge_fade import BadgeFade
from app.edited_mark import paint_edited
from app.mark_paint import REJECT_OPACITY, label_color, paint_flag, paint_label, paint_stars
from app.photo_list_model import PhotoRole, PhotoState
from app.thumbnail_store import ThumbnailStore
from editor.core.marks import Flag, Marks
from quality.panel.badge import BadgeMark, badge_pixmap

PADDING = 8
CAPTION = 24
GAP = 8
_TINY = 96
"""Below this side a name is cut at its beginning: the number at its end tells photos apart."""
_SMALL = 128
"""Below this side a broken cell shows its mark without words."""


class PhotoDelegate(QStyledItemDelegate):
    """Reads everything from the model's roles and the thumbnail store; changes neither."""

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

    def is_stale(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether the badges of a cell are others than those painted last."""
        painted = self._painted.get(index.data(PhotoRole.ROW))
        return painted is None or painted != index.data(PhotoRole.BADGES)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """All cells have the same size."""
        return self._cell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paints one cell."""
        cell = self._card(option.rect)
        picture = QRect(cell.left() + PADDING, cell.top() + PADDING, cell.width() - 2 * PADDING, self._side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, cell)
        if index.data(PhotoRole.STATE) is PhotoState.BROKEN:
            self._paint_broken(painter, option, picture, index)
        else:
            self._paint_picture(painter, option, picture, index)
            self._paint_badges(painter, picture, index)
        marks: Marks = index.data(PhotoRole.MARKS)
        self._paint_marks(painter, picture, marks)
        if index.data(PhotoRole.EDITED):
            side = 20 if self._side >= _SMALL else 16
            box = QRectF(picture.right() - side - 1, picture.bottom() - side - 1, side, side)
            paint_edited(painter, box)
        self._paint_name(painter, option, cell, index, marks.label)
        painter.restore()

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
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        ratio = painter.device().devicePixelRatioF()
        pixmap = self.thumbnails.pixmap(index.data(PhotoRole.PATH), self._side, ratio)
        if pixmap is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_faded(option.palette.color(QPalette.ColorRole.WindowText), 0.06))
            inset = self._side // 6
            painter.drawRoundedRect(room.adjusted(0, inset, 0, -inset), 4, 4)
            return
        size = pixmap.deviceIndependentSize()
        corner = QPointF(room.center()) - QPointF(size.width() / 2 - 0.5, size.height() / 2 - 0.5)
        snapped = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
        marks: Marks = index.data(PhotoRole.MARKS)
        painter.setOpacity(REJECT_OPACITY if marks.flag is Flag.REJECT else 1.0)
        painter.drawPixmap(snapped, pixmap)
        painter.setOpacity(1.0)

    def _paint_marks(self, painter: QPainter, room: QRect, marks: Marks) -> None:
        """The decision at the top right, away from the advice; stars at the bottom left."""
        side = 26 if self._side >= _SMALL else 20
        paint_flag(painter, QRectF(room.right() - side - 1, room.top() + 2, side, side), marks.flag)
        height = 18 if self._side >= _SMALL else 14
        corner = QPointF(room.left() + 2, room.bottom() - height - 1)
        paint_stars(painter, corner, marks.rating, height)

    def _paint_badges(
        self, painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        side = 26 if self._side >= _SMALL else 20
        corner = QPointF(room.left() + 1, room.top() + 1)
        row, badges = index.data(PhotoRole.ROW), index.data(PhotoRole.BADGES)
        self._painted[row] = badges
        painter.save()
        painter.setOpacity(self._fade.opacity(row))
        for mark in badges:
            painter.drawPixmap(corner, self._badge(mark, side, painter.device().devicePixelRatioF()))
            corner += QPointF(side + 4, 0)
        painter.restore()

    def _badge(self, mark: BadgeMark, side: int, ratio: float) -> QPixmap:
        """A badge, painted once for each size."""
        key = (mark, side, ratio)
        if key not in self._badges:
            self._badges[key] = badge_pixmap(mark, side, ratio)
        return self._badges[key]

    def _paint_name(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        cell: QRect,
        index: QModelIndex | QPersistentModelIndex,
        label: str | None,
    ) -> None:
        room = QRect(cell.left() + PADDING, cell.bottom() - CAPTION - 2, cell.width() - 2 * PADDING, CAPTION)
        if label:
            _paint_label_bar(painter, cell, label)
            paint_label(painter, QRectF(room.left(), room.center().y() - 7.5, 16, 16), label)
            room.setLeft(room.left() + 22)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.WindowText
        painter.setFont(option.font)
        painter.setPen(option.palette.color(role))
        name = str(index.data())
        elide = Qt.TextElideMode.ElideMiddle if self._side >= _TINY else Qt.TextElideMode.ElideLeft
        text = QFontMetrics(option.font).elidedText(name, elide, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_broken(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        room: QRect,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """A dashed frame, the mark, and the reason as far as it fits."""
        palette = option.palette
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        quiet = _faded(palette.color(QPalette.ColorRole.WindowText), 1.0 if selected else 0.75)
        pen = QPen(quiet, 1.25, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        mark = 40 if self._side >= _SMALL else 32
        worded = self._side >= _SMALL
        top = room.top() + (PADDING * 2 if worded else (room.height() - mark) // 2)
        self._broken.paint(painter, QRect(room.center().x() - mark // 2, top, mark, mark))
        if not worded:
            return
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        words = QRect(room.left() + 8, top + mark + 6, room.width() - 16, room.bottom() - top - mark - 12)
        _paint_reason(
            painter, words, self.tr("Cannot be read"), str(index.data(PhotoRole.FAULT) or ""), quiet
        )


def _paint_label_bar(painter: QPainter, cell: QRect, label: str) -> None:
    """A bar along the lower edge of the card."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(label_color(label))
    painter.drawRoundedRect(QRectF(cell.left() + 4, cell.bottom() - 3.5, cell.width() - 8, 3), 1.5, 1.5)


def _paint_reason(painter: QPainter, room: QRect, title: str, reason: str, quiet: QColor) -> None:
    """Paints a bold line and below it as many whole lines of the reason as fit."""
    font = QFont(painter.font())
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(bold)
    line = metrics.lineSpacing()
    painter.setFont(bold)
    painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, title)
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    metrics = QFontMetrics(small)
    rest = room.adjusted(0, line + 2, 0, 0)
    lines = max(1, rest.height() // metrics.lineSpacing())
    painter.setFont(small)
    painter.setPen(quiet)
    wrap = QTextOption(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    painter.drawText(QRectF(rest), _fitting(reason, metrics, rest.width(), lines), wrap)


def _fitting(text: str, metrics: QFontMetrics, width: int, lines: int) -> str:
    """The beginning of a text that fits into a number of lines, cut at a word with an ellipsis."""
    flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
    room = lines * metrics.lineSpacing()
    words = text.split()
    for count in range(len(words), 0, -1):
        shown = " ".join(words[:count]) + ("" if count == len(words) else " …")
        if metrics.boundingRect(QRect(0, 0, width, 10_000), flags, shown).height() <= room:
            return shown
    return ""


def _faded(color: QColor, alpha: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(alpha)
    return faded
