"""A bar for one probability with a tick at the line; paints and decides nothing."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from quality.core.labels import Defect
from quality.core.thresholds import Mode
from quality.panel.badge import DEFECT_COLORS, HINT_COLOR


class ScoreBar(QWidget):
    """A bar for one probability with a tick at the threshold; filled strongly only over the line."""

    def __init__(self, defect: Defect, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._defect = defect
        self._score: float | None = None
        self._line = 0.5
        self._mode = Mode.REJECT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin bar."""
        return QSize(96, 18)

    def set_score(self, score: float | None, line: float, mode: Mode) -> None:
        """Shows a probability (0..1, None = not judged), its line and what the defect may do."""
        if (score, line, mode) != (self._score, self._line, self._mode):
            self._score, self._line, self._mode = score, line, mode
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints track, fill and tick."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(0, self.height() / 2 - 4, self.width(), 8)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faded(text, 0.16))
        painter.drawRoundedRect(track, 4, 4)
        if self._score is not None:
            painter.setBrush(self._fill())
            width = max(4.0, track.width() * self._score)
            painter.drawRoundedRect(QRectF(track.left(), track.top(), width, 8), 4, 4)
        if self._mode is not Mode.OFF:
            x = min(track.width() - 2, max(0.0, track.width() * self._line - 1))
            painter.fillRect(QRectF(x, 1, 2, self.height() - 2), text)
        painter.end()

    def _fill(self) -> QColor:
        over = self._score is not None and self._score >= self._line and self._mode is not Mode.OFF
        color = HINT_COLOR if self._mode in (Mode.OFF, Mode.HINT) else DEFECT_COLORS[self._defect]
        return color if over else _faded(color, 0.55)


def _faded(color: QColor, alpha: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(alpha)
    return faded
