"""Paints what a cell shows of a photo that cannot be read: a dashed frame, a mark, and why."""

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette, QPen, QTextOption

_SMALL = 128
"""Below this side it shows its mark without words."""

_PADDING = 8


def paint_broken(
    painter: QPainter, palette: QPalette, room: QRect, icon: QIcon, fault: str, *, selected: bool
) -> None:
    """Paints frame, mark, and the reason as far as it fits.

    Args:
        painter: Its pen, brush and font are changed.
        palette: The colours of the view.
        room: The square for the picture.
        icon: The mark.
        fault: Why the photo cannot be read.
        selected: Whether the cell is selected.
    """
    side = room.height()
    quiet = QColor(palette.color(QPalette.ColorRole.WindowText))
    quiet.setAlphaF(1.0 if selected else 0.75)
    painter.setPen(QPen(quiet, 1.25, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    worded = side >= _SMALL
    mark = 40 if worded else 32
    top = room.top() + (_PADDING * 2 if worded else (room.height() - mark) // 2)
    icon.paint(painter, QRect(room.center().x() - mark // 2, top, mark, mark))
    if not worded:
        return
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    words = QRect(room.left() + 8, top + mark + 6, room.width() - 16, room.bottom() - top - mark - 12)
    title = QCoreApplication.translate("PhotoDelegate", "Cannot be read")
    _paint_reason(painter, words, title, fault, quiet)


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
