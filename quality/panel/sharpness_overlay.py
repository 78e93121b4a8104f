"""Shows over a picture where it is sharp: soft tiles hatched, sharp ones framed, the sharpest outlined."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from quality.core.sharpness import MapTile
from quality.core.sharpness_report import SharpnessReport
from quality.panel.map_cells import map_cells
from quality.panel.sharpness_words import delivery_words, report_words

_SOFT = QColor("#56b4e9")
_SHARP = QColor("#009e73")
_PLATE = QColor(22, 22, 22, 215)
_TEXT = QColor("#e6e6e6")
_GAP = 2.0
_MARGIN = 10


class SharpnessOverlay(QWidget):
    """Lies over a view of a picture, lets the mouse through, and shows what it is given."""

    def __init__(
        self,
        view: QWidget,
        target: Callable[[], QRectF],
        turn: Callable[[], QTransform] = QTransform,
        visible: Callable[[], QRectF] | None = None,
    ) -> None:
        """Makes the overlay, hidden.

        Args:
            view: What it covers, in its whole size.
            target: Where the whole photo lies in the view now, in the view's coordinates.
            turn: How the photo is turned from there, where the view shows it edited.
            visible: Where the view shows a cut of the photo; nothing is painted beside it.
        """
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view, self._target, self._turn = view, target, turn
        self._visible = visible
        self._report: SharpnessReport | None = None
        self._cells: dict[MapTile, QRectF] = {}
        self._words = ""
        view.installEventFilter(self)
        self.setGeometry(view.rect())
        self.hide()

    @property
    def report(self) -> SharpnessReport | None:
        """What is shown; None while nothing is known."""
        return self._report

    @property
    def words(self) -> str:
        """What it says in words."""
        return self._words

    def show_report(self, report: SharpnessReport) -> None:
        """Shows the map of a photo."""
        self._report = report
        self._cells = map_cells(report.map.tiles)
        self._say(f"{report_words(report)}\n{delivery_words(report.deliveries)}")

    def show_words(self, words: str) -> None:
        """Shows only a line, for example that the map is being worked out."""
        self._report = None
        self._say(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follows the size of the view."""
        if watched is self._view and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints the tiles and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._report is not None:
            self._paint_tiles(painter, self._report)
        self._paint_words(painter)
        painter.end()

    def _say(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def _paint_tiles(self, painter: QPainter, report: SharpnessReport) -> None:
        target, turn = self._target(), self._turn()
        seen = turn.inverted()[0].mapRect(QRectF(self.rect()))
        painter.save()
        if self._visible is not None:
            painter.setClipRect(self._visible())
        painter.setTransform(turn, combine=True)
        for tile, cell in self._cells.items():
            place = on_screen(cell, target)
            if tile.soft is None or not place.intersects(seen):
                continue
            if tile.soft >= 0.5:
                _paint_soft(painter, place, tile.soft)
            elif not report.is_soft_everywhere:
                _paint_sharp(painter, place, tile.soft)
        if report.map.sharpest is not None and not report.is_soft_everywhere:
            _paint_outline(painter, on_screen(self._cells[report.map.sharpest], target))
        painter.restore()

    def _paint_words(self, painter: QPainter) -> None:
        if not self._words:
            return
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(2 * _MARGIN, 2 * _MARGIN, -2 * _MARGIN, -2 * _MARGIN)
        box = painter.fontMetrics().boundingRect(room, flags, self._words)
        box.moveBottomLeft(room.bottomLeft())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PLATE)
        painter.drawRoundedRect(box.adjusted(-_MARGIN, -_MARGIN // 2, _MARGIN, _MARGIN // 2), 4, 4)
        painter.setPen(_TEXT)
        painter.drawText(box, flags, self._words)


def on_screen(cell: QRectF, target: QRectF) -> QRectF:
    """Where a cell lies on screen.

    Args:
        cell: In shares of the picture's width and height.
        target: Where the whole picture lies.
    """
    return QRectF(
        target.x() + cell.x() * target.width(),
        target.y() + cell.y() * target.height(),
        cell.width() * target.width(),
        cell.height() * target.height(),
    )


def _paint_soft(painter: QPainter, place: QRectF, soft: float) -> None:
    """Hatched, the more the softer; so that colour is not all that tells."""
    ground, lines = QColor(0, 0, 0, round(90 * soft)), QColor(_SOFT)
    lines.setAlpha(round(40 + 180 * (soft - 0.5) * 2))
    painter.fillRect(place, ground)
    painter.fillRect(place, QBrush(lines, Qt.BrushStyle.BDiagPattern))


def _paint_sharp(painter: QPainter, place: QRectF, soft: float) -> None:
    """A frame, the stronger the sharper; the picture inside stays as it is."""
    color = QColor(_SHARP).lighter(140)
    color.setAlpha(round(110 + 145 * (0.5 - soft) * 2))
    painter.setPen(QPen(color, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(_GAP, _GAP, -_GAP, -_GAP))


def _paint_outline(painter: QPainter, place: QRectF) -> None:
    """White inside black, seen on any ground."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 220), 5.0), (QColor(255, 255, 255), 2.5)):
        painter.setPen(QPen(color, width))
        painter.drawRect(place)
