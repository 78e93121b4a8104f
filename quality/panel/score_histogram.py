"""The scores of a shoot as bars with the threshold as a line to drag; paints and asks, decides nothing."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from quality.core.labels import Defect
from quality.core.score_column import ScoreColumn
from quality.core.thresholds import Mode
from quality.panel.badge import DEFECT_COLORS, HINT_COLOR
from quality.panel.defect_text import defect_name
from quality.panel.score_bars import EDGE, BarFill, ScoreBars
from quality.panel.threshold_slider import STEPS

_HEIGHT = 40
_GRIP = 5.0


class ScoreHistogram(QSlider):
    """A slider to Qt and to screen readers; its handle is a line across the bars."""

    moved = Signal(float)
    hovered = Signal(object)
    reset_asked = Signal()

    _QUIET: ClassVar[float] = 0.34

    def __init__(self, defect: Defect, parent: QWidget | None = None) -> None:
        """Makes an empty histogram of one defect."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._defect = defect
        self._column: ScoreColumn | None = None
        self._bars = ScoreBars()
        self._threshold = 0.5
        self._mode = Mode.REJECT
        self._hover: float | None = None
        self._partial = False
        self.setRange(0, STEPS)
        self.setSingleStep(1)
        self.setPageStep(5)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAccessibleName(self.tr("{name} line in the histogram").format(name=defect_name(defect)))
        self.valueChanged.connect(self._value_changed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is room."""
        return QSize(200, _HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow, but never lower."""
        return QSize(80, _HEIGHT)

    def show_column(self, column: ScoreColumn, *, partial: bool) -> None:
        """Shows the scores of a shoot.

        Args:
            column: The scores.
            partial: Whether more are to come.
        """
        self._column, self._partial = column, partial
        self._bars.set_column(column)
        self._describe()
        self.update()

    def set_threshold(self, threshold: float) -> None:
        """Moves the line without announcing it."""
        self._threshold = threshold
        with QSignalBlocker(self):
            self.setValue(round(threshold * STEPS))
        self._describe()
        self.update()

    def set_mode(self, mode: Mode) -> None:
        """What the defect may do: gives the bars over the line their colour."""
        self._mode = mode
        self.update()

    def x_of(self, score: float) -> float:
        """The horizontal place of a score, in widget pixels."""
        return EDGE + score * max(1, self.width() - 2 * EDGE)

    def score_at(self, x: float) -> float:
        """The score at a place, in hundredths, 0..1."""
        share = (x - EDGE) / max(1, self.width() - 2 * EDGE)
        return round(min(1.0, max(0.0, share)), 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Takes the line to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag_to(event.position().x())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drags the line, or shows what a click would do."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event.position().x())
        else:
            self._set_hover(self.score_at(event.position().x()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Lets go of the line."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Asks for the operating point."""
        event.accept()
        self.reset_asked.emit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer is gone."""
        self._set_hover(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Moves only with the focus, so that scrolling the panel changes nothing by accident."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move by a hundredth, page keys by five; Backspace and Delete go back."""
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.reset_asked.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints in memory, where smooth shapes cost least, and copies that."""
        ratio = self.devicePixelRatioF()
        face = QPixmap(self.size() * ratio)
        face.setDevicePixelRatio(ratio)
        face.fill(Qt.GlobalColor.transparent)
        self._paint_face(face)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, face)
        painter.end()

    def _paint_face(self, face: QPixmap) -> None:
        """Paints ground, bars and lines."""
        painter = QPainter(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(text if self.hasFocus() else _faded(text, 0.14), 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(ground, 4, 4)
        self._paint_bars(painter, text)
        if self.isEnabled() and self._mode is not Mode.OFF:
            if self._hover is not None and self._hover != self._threshold:
                pen = QPen(text, 1, Qt.PenStyle.DashLine)
                painter.setPen(pen)
                x = round(self.x_of(self._hover)) + 0.5
                painter.drawLine(QPointF(x, 3), QPointF(x, self.height() - 3))
            self._paint_line(painter, text)
        painter.end()

    def _paint_bars(self, painter: QPainter, text: QColor) -> None:
        """Bars below the line are grey; those over it carry the defect's colour and the mode's fill."""
        line = round(self.x_of(self._threshold))
        below, over = QRect(self.rect()), QRect(self.rect())
        below.setRight(line - 1)
        over.setLeft(line)
        quiet = (below, _faded(text, self._QUIET), BarFill.SOLID)
        for room, color, fill in (quiet, (over, self._over_color(text), self._over_fill())):
            pixmap = self._bars.pixmap(color, fill, self.size(), self.devicePixelRatioF())
            ratio = pixmap.devicePixelRatio()
            part = QRectF(room.x() * ratio, 0, room.width() * ratio, pixmap.height())
            painter.drawPixmap(QRectF(room), pixmap, part)
        floor = self.height() - 3.5
        pen = QPen(_faded(text, 0.4), 1, Qt.PenStyle.DotLine if self._partial else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(EDGE, floor), QPointF(self.width() - EDGE, floor))

    def _over_color(self, text: QColor) -> QColor:
        if self._mode is Mode.OFF or not self.isEnabled():
            return _faded(text, self._QUIET)
        return HINT_COLOR if self._mode is Mode.HINT else DEFECT_COLORS[self._defect]

    def _over_fill(self) -> BarFill:
        """Reject is solid, Auto hatched, because some of it may be hints, and Hint hollow."""
        return {Mode.AUTO: BarFill.HATCHED, Mode.HINT: BarFill.HOLLOW}.get(self._mode, BarFill.SOLID)

    def _paint_line(self, painter: QPainter, text: QColor) -> None:
        x = self.x_of(self._threshold)
        painter.fillRect(QRectF(x - 1, 1, 2, self.height() - 2), text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(text)
        painter.drawPolygon(
            QPolygonF([QPointF(x - _GRIP, 1), QPointF(x + _GRIP, 1), QPointF(x, 1 + _GRIP * 1.4)])
        )

    def _drag_to(self, x: float) -> None:
        self._set_hover(None)
        score = self.score_at(x)
        if score != self._threshold:
            self.set_threshold(score)
            self.moved.emit(score)

    def _set_hover(self, score: float | None) -> None:
        if score != self._hover:
            self._hover = score
            self.hovered.emit(score)
            self.update()

    def _describe(self) -> None:
        if self._column is None:
            return
        words = self.tr("{over} of {judged} photos at {line} or above").format(
            over=self._column.over(self._threshold), judged=len(self._column), line=f"{self._threshold:.2f}"
        )
        self.setAccessibleDescription(words)

    @Slot(int)
    def _value_changed(self, value: int) -> None:
        """A key or a wheel moved the slider."""
        self._threshold = value / STEPS
        self._describe()
        self.update()
        self.moved.emit(self._threshold)


def _faded(color: QColor, alpha: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(alpha)
    return faded
