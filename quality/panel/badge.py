"""How a defect is drawn: its letter, shape and colour, hollow and dashed because it is advice."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from quality.core.labels import Defect
from quality.panel.clear_pixmap import clear_pixmap

DEFECT_COLORS = {
    Defect.BLUR: QColor("#56b4e9"),
    Defect.UNDER: QColor("#cc79a7"),
    Defect.OVER: QColor("#e69f00"),
}
"""Hues that colour-blind people can tell apart; letter and shape always carry the meaning too."""

HINT_COLOR = QColor("#b4b4b4")
_PLATE = QColor(22, 22, 22, 225)
_LETTERS = {Defect.BLUR: "B", Defect.UNDER: "U", Defect.OVER: "O"}


@dataclass(frozen=True, slots=True)
class BadgeMark:
    """One badge of a photo: which defect, and whether it is only a hint."""

    defect: Defect
    hint: bool = False


def badge_letter(defect: Defect) -> str:
    """The letter inside the badge: B, U or O."""
    return _LETTERS[defect]


def badge_shape(defect: Defect, box: QRectF) -> QPainterPath:
    """The outline of a badge.

    Args:
        defect: Blur is a circle, under a triangle pointing down, over one pointing up.
        box: The square to fill.

    Returns:
        A closed path inside ``box``.
    """
    path = QPainterPath()
    if defect is Defect.BLUR:
        inset = box.width() * 0.06
        path.addEllipse(box.adjusted(inset, inset, -inset, -inset))
        return path
    base, tip = (box.top(), box.bottom()) if defect is Defect.UNDER else (box.bottom(), box.top())
    lean = box.height() * (0.06 if defect is Defect.UNDER else -0.06)
    path.moveTo(box.left(), base + lean)
    path.lineTo(box.right(), base + lean)
    path.lineTo(box.center().x(), tip)
    path.closeSubpath()
    return path


def paint_badge(painter: QPainter, box: QRectF, mark: BadgeMark, opacity: float = 1.0) -> None:
    """Paints one badge: a dark plate, a dashed outline and the letter.

    Args:
        painter: Its pen, brush, font and opacity are restored afterwards.
        box: The square of a full badge, in the painter's pixels; a hint is drawn smaller in it.
        mark: What to draw.
        opacity: 0..1, for fading in.
    """
    if mark.hint:
        inset = box.width() * 0.11
        box = box.adjusted(inset, inset, -inset, -inset)
    color = HINT_COLOR if mark.hint else DEFECT_COLORS[mark.defect]
    width = max(1.0, box.width() * (0.055 if mark.hint else 0.075))
    pen = QPen(color, width, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    pen.setDashPattern([2.6, 1.2])
    shape = badge_shape(mark.defect, box.adjusted(width / 2, width / 2, -width / 2, -width / 2))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(painter.opacity() * opacity)
    painter.fillPath(badge_shape(mark.defect, box.adjusted(-1, -1, 1, 1)), _PLATE)
    painter.strokePath(shape, pen)
    _paint_letter(painter, box, mark.defect, color)
    painter.restore()


def badge_pixmap(mark: BadgeMark, side: int, ratio: float) -> QPixmap:
    """A badge painted beforehand, for places that show many. GUI thread only.

    Args:
        mark: What to draw.
        side: Side of the square in device-independent pixels.
        ratio: Device pixels per device-independent pixel.
    """
    pixmap = clear_pixmap(side + 2, side + 2, ratio)
    painter = QPainter(pixmap)
    paint_badge(painter, QRectF(1, 1, side, side), mark)
    painter.end()
    return pixmap


def _paint_letter(painter: QPainter, box: QRectF, defect: Defect, color: QColor) -> None:
    """Paints the letter at the optical centre of the shape."""
    share, shift = (0.58, 0.0) if defect is Defect.BLUR else (0.46, 0.14)
    if defect is Defect.UNDER:
        shift = -shift
    font = QFont(painter.font())
    font.setPixelSize(max(6, round(box.height() * share)))
    font.setWeight(QFont.Weight.Bold)
    outline = QPainterPath()
    outline.addText(QPointF(0, 0), font, badge_letter(defect))
    centre = box.center() + QPointF(0, box.height() * shift)
    painter.translate(centre - outline.boundingRect().center())
    painter.fillPath(outline, color)


class BadgeLabel(QWidget):
    """A badge standing alone, as the key to its meaning in a panel."""

    def __init__(self, defect: Defect, side: int = 22, parent: QWidget | None = None) -> None:
        """Makes the label.

        Args:
            defect: What it stands for.
            side: Its width and height in device-independent pixels.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self._mark = BadgeMark(defect)
        self._side = side
        self.setFixedSize(QSize(side, side))

    def set_hint(self, hint: bool) -> None:
        """Draws it as a hint, or as advice to reject."""
        if hint != self._mark.hint:
            self._mark = BadgeMark(self._mark.defect, hint)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints the badge; greyed while the defect is off."""
        painter = QPainter(self)
        paint_badge(
            painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._mark, 1.0 if self.isEnabled() else 0.4
        )
        painter.end()
