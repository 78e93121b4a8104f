"""Shows the edited picture fitted or at 100 %, before, after, or both split by a line; renders nothing."""

from enum import Enum
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from editor.core.window import Window
from editor.panel.clipping_overlay import clipping_overlay
from editor.panel.picture_view import PictureView
from editor.panel.render_request import Rendered

_AROUND = 96
"""Rendered beyond what is visible at 100 %, in device pixels, so that a small drag shows no coarse edge."""

_GRIP = 14.0


class Side(Enum):
    """Which state of the photo is shown."""

    AFTER = "after"
    BEFORE = "before"
    SPLIT = "split"


class EditView(PictureView):
    """The ground with the edited picture; at 100 % the visible part lies sharp on the scaled-up whole."""

    region_changed = Signal()
    marks_wanted = Signal()
    picked = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = Side.AFTER
        self._split = 0.5
        self._moving_split = self._picking = False
        self._before = QImage()
        self._details: dict[bool, tuple[Window, QImage]] = {}
        self._marks: dict[int, QImage] = {}
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Edited photo"))
        self.centre_changed.connect(self.region_changed)

    @property
    def side(self) -> Side:
        """Which state is shown."""
        return self._side

    def set_side(self, side: Side) -> None:
        """Shows before, after or both."""
        self._side = side
        self.update()

    def has_size(self, full_size: tuple[int, int]) -> bool:
        """Whether the picture on show has this full size."""
        return (self._full.width(), self._full.height()) == full_size

    def set_clipping(self, shown: bool) -> None:
        """Marks lost highlights and shadows, or no longer; the renderer finds them on a wide monitor."""
        asked = shown and not self.clipping
        super().set_clipping(shown)
        if asked:
            self.marks_wanted.emit()

    @property
    def has_before(self) -> bool:
        """Whether the fitted picture before is there."""
        return not self._before.isNull()

    def show_after(self, rendered: Rendered) -> None:
        """Takes the fitted picture; parts at 100 % that belong to older edits stay until newer ones come."""
        self.show_picture(rendered.image, *rendered.full_size)
        self._note_lost(rendered)

    def show_before(self, rendered: Rendered) -> None:
        """Takes the fitted picture without edits."""
        self._before = rendered.image
        self._note_lost(rendered)
        self.update()

    def show_detail(self, rendered: Rendered, *, before: bool) -> None:
        """Takes a part at 100 %."""
        region = rendered.request.region
        if region is not None:
            self._details[before] = (region, rendered.image)
            self._note_lost(rendered)
            self.update()

    def forget_detail(self, *, before: bool) -> None:
        """Drops a part at 100 % that is no longer what the photo looks like."""
        self._details.pop(before, None)
        self.update()

    def forget(self) -> None:
        """Forgets everything but the stand-in, for another photo."""
        self._before = QImage()
        self._details.clear()
        self.update()

    def set_picking(self, picking: bool) -> None:
        """Lets the next click pick a spot."""
        self._picking = picking
        self.setCursor(Qt.CursorShape.CrossCursor if picking else Qt.CursorShape.ArrowCursor)

    def region(self) -> Window:
        """The visible part at 100 %, with a margin, in pixels of the full-size result."""
        ratio, target = self.devicePixelRatioF(), self.target()
        seen = QRectF(self.rect()).intersected(target).translated(-target.topLeft())
        width, height = round(target.width() * ratio), round(target.height() * ratio)
        left = max(0, floor(seen.left() * ratio) - _AROUND)
        top = max(0, floor(seen.top() * ratio) - _AROUND)
        right = min(width, ceil(seen.right() * ratio) + _AROUND)
        bottom = min(height, ceil(seen.bottom() * ratio) + _AROUND)
        return Window(left, top, max(1, right - left), max(1, bottom - top))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints the chosen state; the words say which one it is."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Window))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._side is not Side.BEFORE:
            self._paint_state(painter, before=False)
        if self._side is Side.BEFORE:
            self._paint_state(painter, before=True)
        elif self._side is Side.SPLIT:
            painter.save()
            painter.setClipRect(QRectF(0, 0, self._split_x(), self.height()))
            self._paint_state(painter, before=True)
            painter.restore()
            self._paint_split(painter)
        if self._side is not Side.AFTER:
            self._paint_words(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Picks a spot, takes hold of the split line, or of the picture."""
        if self._picking and event.button() == Qt.MouseButton.LeftButton:
            place = self._place(event.position())
            if place is not None:
                self.picked.emit(place)
            return
        if self._side is Side.SPLIT and abs(event.position().x() - self._split_x()) < _GRIP:
            self._moving_split = True
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drags the split line or the picture."""
        if self._moving_split:
            target = self.target().intersected(QRectF(self.rect()))
            share = (event.position().x() - target.left()) / max(1.0, target.width())
            self._split = min(1.0, max(0.0, share))
            self.update()
            return
        if self._side is Side.SPLIT and not self._picking and event.buttons() == Qt.MouseButton.NoButton:
            near = abs(event.position().x() - self._split_x()) < _GRIP
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Lets go."""
        self._moving_split = False
        if not self._picking:
            super().mouseReleaseEvent(event)

    def _place(self, position: QPointF) -> QPointF | None:
        """A position as fractions of the picture; None beside it."""
        target = self.target()
        if not target.contains(position):
            return None
        return QPointF(
            (position.x() - target.left()) / target.width(), (position.y() - target.top()) / target.height()
        )

    def _split_x(self) -> float:
        target = self.target().intersected(QRectF(self.rect()))
        return target.left() + self._split * target.width()

    def _paint_state(self, painter: QPainter, *, before: bool) -> None:
        target, image = self.target(), self._before if before and self.has_before else self.image
        if image.isNull() or target.isEmpty():
            return
        painter.drawImage(target, image, QRectF(image.rect()))
        detail = self._details.get(before) if self.whole_pixels else None
        if detail is not None:
            painter.drawImage(self._part(detail[0]), detail[1], QRectF(detail[1].rect()))
        if self.clipping:
            self._paint_lost(painter, image if detail is None else detail[1], detail and detail[0])

    def _paint_lost(self, painter: QPainter, image: QImage, part: Window | None) -> None:
        key = image.cacheKey()
        if key not in self._marks:
            self._add_marks(image, clipping_overlay(image))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        place = self.target() if part is None else self._part(part)
        painter.drawImage(place, self._marks[key], QRectF(image.rect()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def _note_lost(self, rendered: Rendered) -> None:
        """Keeps the marks that came along because the image is in the colours of its monitor."""
        if rendered.lost is not None:
            self._add_marks(rendered.image, rendered.lost)

    def _add_marks(self, image: QImage, marks: QImage) -> None:
        """Keeps what is lost in a picture, and forgets that of pictures that are no longer here."""
        images = (self.image, self._before, *(part for _, part in self._details.values()))
        kept = {each.cacheKey() for each in images}
        self._marks = {key: known for key, known in self._marks.items() if key in kept}
        self._marks[image.cacheKey()] = marks

    def _part(self, region: Window) -> QRectF:
        """Where a part at 100 % lies in the widget."""
        ratio, corner = self.devicePixelRatioF(), self.target().topLeft()
        return QRectF(
            corner.x() + region.left / ratio,
            corner.y() + region.top / ratio,
            region.width / ratio,
            region.height / ratio,
        )

    def _paint_split(self, painter: QPainter) -> None:
        target, x = self.target().intersected(QRectF(self.rect())), self._split_x()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for color, width in ((QColor(0, 0, 0, 160), 3.0), (QColor(255, 255, 255), 1.0)):
            painter.setPen(QPen(color, width))
            painter.drawLine(QPointF(x, target.top()), QPointF(x, target.bottom()))
        painter.setPen(QPen(QColor(0, 0, 0, 160), 1))
        painter.setBrush(QColor(255, 255, 255))
        painter.drawEllipse(QPointF(x, target.center().y()), 7, 7)

    def _paint_words(self, painter: QPainter) -> None:
        """Says on the picture which side is which."""
        target = self.target().intersected(QRectF(self.rect()))
        before, after, x = self.tr("Before"), self.tr("After"), self._split_x()
        if self._side is Side.BEFORE:
            _plate(painter, QPointF(target.left() + 12, target.top() + 12), before)
            return
        width = painter.fontMetrics().horizontalAdvance(before) + 16
        if x - target.left() > width + 24:
            _plate(painter, QPointF(x - width - 12, target.top() + 12), before)
        if target.right() - x > painter.fontMetrics().horizontalAdvance(after) + 40:
            _plate(painter, QPointF(x + 12, target.top() + 12), after)


def _plate(painter: QPainter, corner: QPointF, words: str) -> None:
    """Words on a dark plate, legible on any picture."""
    metrics = painter.fontMetrics()
    box = QRectF(corner.x(), corner.y(), metrics.horizontalAdvance(words) + 16, metrics.height() + 6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 20, 20, 190))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(240, 240, 240))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
