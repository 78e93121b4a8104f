"""The scores of a shoot as bars with the threshold as a line to drag; paints and asks, decides nothing."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from quality.core.labels import Defect
from quality.core.score_column import ScoreColumn
from quality.core.thresholds import Mode
from quality.panel.badge import DEFECT_COLORS, HINT_COLOR
from quality.panel.defect_text import defect_name
from quality.panel.histogram_face import FaceLook, HistogramFaces, faded
from quality.panel.score_bars import EDGE, BarFill
from quality.panel.threshold_slider import STEPS

_HEIGHT = 40


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
        self._faces = HistogramFaces()
        self._threshold = 0.5
        self._mode = Mode.REJECT
        self._hover: float | None = None
        self._partial = False
        self.setRange(0, STEPS)
        self.setSingleStep(1)
        self.setPageStep(5)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
        self._faces.set_column(column)
        self._describe()
        self.update()

    def set_threshold(self, threshold: float) -> None:
        """Moves the line without announcing it."""
        if threshold == self._threshold and self.value() == round(threshold * STEPS):
            return
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
        """Copies ground and bars, which were painted once, and paints the lines."""
        painter = QPainter(self)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        size, ratio, line = self.size(), self.devicePixelRatioF(), self.x_of(self._threshold)
        below = self._look(text, faded(text, self._QUIET), BarFill.SOLID)
        over = self._look(text, self._over_color(text), self._over_fill())
        self._faces.paint(painter, size, ratio, line, below, over)
        if self.isEnabled() and self._mode is not Mode.OFF:
            if self._hover is not None and self._hover != self._threshold:
                painter.setPen(QPen(text, 1, Qt.PenStyle.DashLine))
                x = round(self.x_of(self._hover)) + 0.5
                painter.drawLine(QPointF(x, 3), QPointF(x, self.height() - 3))
            self._faces.paint_line(painter, self.height(), ratio, line, text)
        painter.end()

    def _look(self, text: QColor, bars: QColor, fill: BarFill) -> FaceLook:
        ground = self.palette().color(QPalette.ColorRole.Base)
        return FaceLook(text.rgba(), ground.rgba(), bars.rgba(), fill, self.hasFocus(), self._partial)

    def _over_color(self, text: QColor) -> QColor:
        """Bars below the line are grey; those over it carry the defect's colour."""
        if self._mode is Mode.OFF or not self.isEnabled():
            return faded(text, self._QUIET)
        return HINT_COLOR if self._mode is Mode.HINT else DEFECT_COLORS[self._defect]

    def _over_fill(self) -> BarFill:
        """Reject is solid, Auto hatched, because some of it may be hints, and Hint hollow."""
        return {Mode.AUTO: BarFill.HATCHED, Mode.HINT: BarFill.HOLLOW}.get(self._mode, BarFill.SOLID)

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
