"""The line below a large photo: its name and its marks, drawn as in the grid."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from app.mark_edit import label_name, spoken_marks
from app.mark_paint import paint_flag, paint_label, paint_stars, stars_width
from editor.core.marks import NO_MARKS, Flag, Marks

HEIGHT = 32
_MARK = 20
_GAP = 10


class PhotoLine(QWidget):
    """Shows what it is told; an undecided photo is said in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._name, self._place, self._marks = "", "", NO_MARKS

    def show_photo(self, name: str, place: str, marks: Marks) -> None:
        """Shows a photo.

        Args:
            name: Its name.
            place: Which of how many it is, in words.
            marks: Its marks.
        """
        self._name, self._place, self._marks = name, place, marks
        self.setAccessibleName(f"{name}, {place}, {spoken_marks(marks) or self.tr('undecided')}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints marks at the left, the name in the middle, the place at the right."""
        painter = QPainter(self)
        palette = self.palette()
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        room = QRectF(self.rect()).adjusted(16, 0, -16, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._name)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._place)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        self._paint_marks(painter, room)
        painter.end()

    def _paint_marks(self, painter: QPainter, room: QRectF) -> None:
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
            painter.drawText(QPointF(left + 22, self._baseline(painter)), label_name(marks.label))

    def _baseline(self, painter: QPainter) -> float:
        metrics = painter.fontMetrics()
        return (self.height() + metrics.ascent() - metrics.descent()) / 2
