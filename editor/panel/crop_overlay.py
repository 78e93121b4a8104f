"""Crop and straighten with the mouse and the keys: the whole photo with the cut, its thirds and handles."""

from math import atan2, degrees

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.core.crop import ANGLE, Crop, turned_size
from editor.panel.crop_geometry import (
    MOVE,
    Cut,
    Grip,
    cut_of,
    dragged,
    levelled,
    limited,
    with_cut,
)
from editor.panel.crop_paint import REACH, CropPlaces, grip_at, paint_crop

MARGIN = 40
"""Space around the whole photo, in device-independent pixels, also room to turn it from outside."""

_STEP, _LARGE_STEP = 0.002, 0.02
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (0, 0): Qt.CursorShape.SizeAllCursor,
}


class CropOverlay(QWidget):
    """`moved` comes with every change, `rested` when the hand is off, `closed` with Enter or Escape."""

    moved = Signal(object)
    rested = Signal()
    closed = Signal(bool)
    box_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._crop = Crop()
        self._full = (1, 1)
        self._pixmap = QPixmap()
        self._ratio: float | None = None
        self._levelling = False
        self._grip: Grip | None = None
        self._turning = False
        self._from = QPointF()
        self._start = Cut(0, 0, 1, 1)
        self._start_angle = 0.0
        self._line: tuple[QPointF, QPointF] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Crop"))

    @property
    def crop(self) -> Crop:
        """The crop on show."""
        return self._crop

    @property
    def cut(self) -> Cut:
        """The cut on show, in pixels of the turned photo."""
        return cut_of(self._crop, self._full)

    @property
    def box(self) -> tuple[int, int]:
        """The room for the whole photo, width and height in device pixels."""
        ratio = self.devicePixelRatioF()
        return (
            max(1, round((self.width() - 2 * MARGIN) * ratio)),
            max(1, round((self.height() - 2 * MARGIN) * ratio)),
        )

    def show_photo(self, image: QImage, full: tuple[int, int]) -> None:
        """Shows the photo turned and mirrored, neither straightened nor cut.

        Args:
            image: Its pixels.
            full: Width and height of the upright photo before it is turned.
        """
        self._pixmap, self._full = QPixmap.fromImage(image), full
        self.update()

    def show_crop(self, crop: Crop) -> None:
        """Shows a crop without announcing it."""
        self._crop = crop
        self.setAccessibleDescription(self._words())
        self.update()

    def set_ratio(self, ratio: float | None) -> None:
        """Keeps a ratio of width to height while dragging; None leaves it free."""
        self._ratio = ratio

    def set_levelling(self, on: bool) -> None:
        """Lets the next drag draw a line that becomes level or upright."""
        self._levelling = on
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    @property
    def levelling(self) -> bool:
        """Whether the next drag draws a line."""
        return self._levelling

    def places(self) -> CropPlaces:
        """Where photo and cut lie in the widget."""
        width, height = turned_size(self._crop, *self._full)
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        scale = max(1e-6, min(room.width() / width, room.height() / height))
        corner = room.center() - QPointF(width, height) * scale / 2
        cut = self.cut
        frame = QRectF(
            corner + QPointF(cut.left, cut.top) * scale,
            corner + QPointF(cut.right, cut.bottom) * scale,
        )
        return CropPlaces(room.center(), QPointF(width, height) * scale, scale, corner, frame)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints photo, shade, frame, thirds, handles and the line that is drawn."""
        paint_crop(
            self,
            self.places(),
            self._pixmap,
            self._crop.angle,
            self._line,
            fine=self._turning,
            words=self._words(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Announces the new room."""
        super().resizeEvent(event)
        self.box_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Takes hold of a handle, of the cut, of the photo from outside, or begins a line."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._from, self._start, self._start_angle = event.position(), self.cut, self._crop.angle
        if self._levelling:
            self._line = (event.position(), event.position())
            return
        self._grip = grip_at(self.places().frame, event.position())
        self._turning = self._grip is None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drags what was taken hold of; the cursor says what would be."""
        here = event.position()
        if self._line is not None:
            self._line = (self._line[0], here)
            self.update()
        elif self._grip is not None:
            self._drag(here)
        elif self._turning:
            self._turn(here)
        elif not self._levelling:
            grip = grip_at(self.places().frame, here)
            shape = Qt.CursorShape.ArrowCursor if grip is None else _CURSORS[grip.across, grip.down]
            self.setCursor(shape)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Lets go; a drawn line straightens."""
        line, self._line = self._line, None
        if line is not None:
            drawn = line[1] - line[0]
            if drawn.manhattanLength() > REACH:
                self._change(levelled(self._crop, drawn.x(), drawn.y()))
        was_held = line is not None or self._grip is not None or self._turning
        self._grip, self._turning = None, False
        self.update()
        if was_held:
            self.rested.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Inside the cut: done."""
        if self.places().frame.contains(event.position()):
            self.closed.emit(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move the cut, with Ctrl its right and lower edge, with Shift ten times as far."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.closed.emit(key != Qt.Key.Key_Escape)
        elif key in _KEYS:
            self._nudge(*_KEYS[key], event.modifiers())
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            by = ANGLE.step if key == Qt.Key.Key_BracketRight else -ANGLE.step
            self._change(self._crop.with_(angle=ANGLE.clamp(round(self._crop.angle + by, ANGLE.decimals))))
            self.rested.emit()
        else:
            super().keyPressEvent(event)

    def _nudge(self, across: int, down: int, modifiers: Qt.KeyboardModifier) -> None:
        step = _LARGE_STEP if modifiers & Qt.KeyboardModifier.ShiftModifier else _STEP
        width, height = turned_size(self._crop, *self._full)
        resizes = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        grip = Grip(abs(across), abs(down)) if resizes else MOVE
        start = self.cut
        wanted = dragged(start, grip, across * step * width, down * step * height, self._ratio)
        self._change(with_cut(self._crop, limited(start, grip, wanted, self._crop, self._full), self._full))
        self.rested.emit()

    def _drag(self, here: QPointF) -> None:
        grip = self._grip or MOVE
        by = (here - self._from) / self.places().scale
        wanted = dragged(self._start, grip, by.x(), by.y(), self._ratio)
        cut = limited(self._start, grip, wanted, self._crop, self._full)
        self._change(with_cut(self._crop, cut, self._full))

    def _turn(self, here: QPointF) -> None:
        """Turns the photo about its middle by the angle that the mouse has gone round it."""
        centre = self.places().centre
        before, after = self._from - centre, here - centre
        turned = degrees(atan2(after.y(), after.x()) - atan2(before.y(), before.x()))
        turned = (turned + 180.0) % 360.0 - 180.0
        self._change(self._crop.with_(angle=ANGLE.clamp(round(self._start_angle + turned, ANGLE.decimals))))

    def _change(self, crop: Crop) -> None:
        if crop != self._crop:
            self.show_crop(crop)
            self.moved.emit(crop)

    def _words(self) -> str:
        cut = self.cut
        words = self.tr("{width} × {height} pixels").format(width=round(cut.width), height=round(cut.height))
        if self._crop.angle:
            words += self.tr(", straightened {angle}°").format(angle=f"{self._crop.angle:+.1f}")
        return words
