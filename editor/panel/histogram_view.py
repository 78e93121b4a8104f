"""Paints the histogram of the rendered picture and what is lost at its ends; counts nothing."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.core.histogram import Histogram

_HEIGHT = 112
_FOOT = 18
_ON_DARK = {"red": QColor(140, 30, 30), "green": QColor(30, 140, 30), "blue": QColor(30, 30, 140)}
_ON_LIGHT = {"red": QColor(235, 140, 140), "green": QColor(140, 235, 140), "blue": QColor(140, 140, 235)}
"""Laid over each other all three are a grey, on which the line of luminance can still be seen."""

_LEAST_SHOWN = 0.0005
_TOP_SHARE = 0.995


class HistogramView(QWidget):
    """Three channels that add up in light; a click switches the marks of what is lost."""

    clipping_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._histogram: Histogram | None = None
        self._clipping = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            self.tr("Histogram of the edited picture. Click to mark lost highlights and shadows (J).")
        )
        self._speak()

    @property
    def histogram(self) -> Histogram | None:
        """What is shown."""
        return self._histogram

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide and low."""
        return QSize(256, _HEIGHT)

    def set_histogram(self, histogram: Histogram | None) -> None:
        """Shows a histogram; None shows the empty frame."""
        self._histogram = histogram
        self._speak()
        self.update()

    def set_clipping(self, shown: bool) -> None:
        """Frames the two figures while what is lost is marked in the picture."""
        self._clipping = shown
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Asks to mark what is lost."""
        event.accept()
        self.clipping_asked.emit()

    def lost_words(self) -> tuple[str, str]:
        """The lost shadows and highlights in words."""
        if self._histogram is None:
            return "", ""
        shadows, highlights = _percent(self._histogram.shadows), _percent(self._histogram.highlights)
        return self.tr("shadows {share}").format(share=shadows), self.tr("highlights {share}").format(
            share=highlights
        )

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints frame, curves and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5 - _FOOT)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, 4, 4)
        if self._histogram is not None:
            self._paint_curves(painter, box.adjusted(2, 4, -2, -1))
            self._paint_feet(painter, self._histogram)
        painter.end()

    def _paint_curves(self, painter: QPainter, box: QRectF) -> None:
        histogram = self._histogram
        if histogram is None:
            return
        dark = self.palette().color(QPalette.ColorRole.Base).lightness() < 128
        top = _top(histogram)
        painter.setPen(Qt.PenStyle.NoPen)
        mode = QPainter.CompositionMode
        painter.setCompositionMode(mode.CompositionMode_Screen if dark else mode.CompositionMode_Multiply)
        for name, color in (_ON_DARK if dark else _ON_LIGHT).items():
            painter.setBrush(color)
            painter.drawPath(_outline(getattr(histogram, name), top, box))
        painter.setCompositionMode(mode.CompositionMode_SourceOver)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 1))
        painter.drawPath(_outline(histogram.luminance, top, box))

    def _paint_feet(self, painter: QPainter, histogram: Histogram) -> None:
        """What is lost at either end; framed words where it is marked in the picture."""
        foot = QRectF(0, self.height() - _FOOT + 2, self.width(), _FOOT - 2)
        sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        lost = (histogram.shadows, histogram.highlights)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        for side, words, share in zip(sides, self.lost_words(), lost, strict=True):
            role = (
                QPalette.ColorRole.WindowText if share >= _LEAST_SHOWN else QPalette.ColorRole.PlaceholderText
            )
            painter.setPen(self.palette().color(role))
            font.setUnderline(self._clipping)
            painter.setFont(font)
            painter.drawText(foot, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _speak(self) -> None:
        words = ", ".join(part for part in self.lost_words() if part)
        self.setAccessibleName(self.tr("Histogram; lost: {words}").format(words=words or self.tr("unknown")))


def _top(histogram: Histogram) -> float:
    """The count that reaches the upper edge: nearly the highest, so that one spike flattens nothing."""
    counts = np.concatenate([histogram.red[1:-1], histogram.green[1:-1], histogram.blue[1:-1]])
    return max(1.0, float(np.quantile(counts, _TOP_SHARE)))


def _outline(counts: NDArray[np.int64], top: float, box: QRectF) -> QPainterPath:
    heights = np.minimum(1.0, np.sqrt(counts / top))
    path = QPainterPath(box.bottomLeft())
    step = box.width() / (len(counts) - 1)
    for level, height in enumerate(heights):
        path.lineTo(QPointF(box.left() + level * step, box.bottom() - float(height) * box.height()))
    path.lineTo(box.bottomRight())
    path.closeSubpath()
    return path


def _percent(share: float) -> str:
    if 0 < share < _LEAST_SHOWN:
        return "<0.1 %"
    return f"{share * 100:.1f} %"
