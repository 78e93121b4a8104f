"""A slider for one threshold in hundredths, with a small mark where the operating point lies."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

STEPS = 100


class ThresholdSlider(QSlider):
    """A horizontal slider from 0 to 1; double click asks for a reset."""

    reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, STEPS)
        self.setSingleStep(1)
        self.setPageStep(5)
        self.setMinimumWidth(80)
        self.setMinimumHeight(18)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._mark: float | None = None

    def set_mark(self, threshold: float | None) -> None:
        """Places the mark of the operating point, 0..1; None removes it."""
        self._mark = threshold
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Asks for the operating point instead of jumping."""
        event.accept()
        self.reset_asked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Moves only with the focus, so that scrolling the panel changes nothing by accident."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints the slider and, above its groove, the mark."""
        super().paintEvent(event)
        if self._mark is None:
            return
        painter = QPainter(self)
        color = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setOpacity(0.75 if self.isEnabled() else 0.3)
        painter.fillRect(QRectF(self._x_of(self._mark) - 0.75, 0.0, 1.5, 5.0), color)
        painter.end()

    def _x_of(self, threshold: float) -> float:
        """The horizontal centre of the handle at a threshold, in widget pixels."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        reach = self.width() - handle.width()
        return handle.width() / 2 + threshold * reach
