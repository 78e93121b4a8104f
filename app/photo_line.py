"""The line below a large photo: its name and its marks, drawn as in the grid."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from app.mark_edit import spoken_marks
from app.mark_paint import paint_flag, paint_label, paint_stars, stars_width
from editor.core.marks import NO_MARKS, Flag, Marks
from quality.panel.badge import BadgeMark, paint_badge
from quality.panel.defect_text import defect_name

HEIGHT = 32
_MARK = 20
_GAP = 10
_NAME = 96
"""With less room for the name, the place is left out."""


class PhotoLine(QWidget):
    """Shows what it is told; an undecided photo is said in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._name, self._place, self._marks = "", "", NO_MARKS
        self.badges: tuple[BadgeMark, ...] = ()

    def show_photo(self, name: str, place: str, marks: Marks, badges: Sequence[BadgeMark] = ()) -> None:
        """Shows a photo.

        Args:
            name: Its name.
            place: Which of how many it is, in words.
            marks: Its marks.
            badges: The advice to show beside them, hollow as everywhere.
        """
        self._name, self._place, self._marks, self.badges = name, place, marks, tuple(badges)
        advice = "".join(f", {_spoken_badge(badge)}" for badge in self.badges)
        self.setAccessibleName(f"{name}, {place}, {spoken_marks(marks) or self.tr('undecided')}{advice}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints marks at the left, the name in the middle where it fits, the place at the right."""
        painter = QPainter(self)
        palette = self.palette()
        room = QRectF(self.rect()).adjusted(16, 0, -16, 0)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        metrics = painter.fontMetrics()
        left = self._paint_marks(painter, room) + _GAP
        right = room.right() - metrics.horizontalAdvance(self._place) - _GAP
        if right - left < _NAME:
            right = room.right()
        else:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._place)
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideLeft, max(0, int(right - left)))
        width = metrics.horizontalAdvance(name)
        start = min(max(left, room.center().x() - width / 2), max(left, right - width))
        painter.drawText(QPointF(start, self._baseline(painter)), name)
        painter.end()

    def _paint_marks(self, painter: QPainter, room: QRectF) -> float:
        """Paints the marks; returns where they end."""
        marks, left = self._marks, room.left()
        top = room.center().y() - _MARK / 2
        if marks.flag is Flag.UNFLAGGED:
            words = self.tr("Undecided")
        else:
            paint_flag(painter, QRectF(left, top, _MARK, _MARK), marks.flag)
            left += _MARK + 6
            words = self.tr("Pick") if marks.flag is Flag.PICK else self.tr("Reject")
        painter.drawText(QPointF(left, self._baseline(painter)), words)
        left += painter.fontMetrics().horizontalAdvance(words) + _GAP
        if marks.rating:
            paint_stars(painter, QPointF(left, top + 1), marks.rating, _MARK - 2)
            left += stars_width(marks.rating, _MARK - 2) + _GAP
        if marks.label:
            paint_label(painter, QRectF(left, top + 2, 16, 16), marks.label)
            left += 16 + _GAP
        for badge in self.badges:
            paint_badge(painter, QRectF(left, top, _MARK, _MARK), badge)
            left += _MARK + 6
        return left

    def _baseline(self, painter: QPainter) -> float:
        metrics = painter.fontMetrics()
        return (self.height() + metrics.ascent() - metrics.descent()) / 2


def _spoken_badge(badge: BadgeMark) -> str:
    translate = QCoreApplication.translate
    pattern = (
        translate("PhotoLine", "hint {defect}") if badge.hint else translate("PhotoLine", "badge {defect}")
    )
    return pattern.format(defect=defect_name(badge.defect))
