"""Shows one picture: fitted into the view or at 100 %, dragged with the mouse; decodes nothing."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.panel.clipping_overlay import clipping_overlay

MARGIN = 16
"""Space around a fitted picture, in device-independent pixels."""


class PictureView(QWidget):
    """A neutral ground with one picture on it."""

    box_changed = Signal()
    double_clicked = Signal()
    pressed = Signal()
    centre_changed = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._pixmap = QPixmap()
        self._clipping = False
        self._overlay = (QRect(), QImage())
        self._lost: QImage | None = None
        self._full = QSize()
        self._whole = False
        self._centre = QPointF(0.5, 0.5)
        self._drag_from: QPoint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    @property
    def box(self) -> tuple[int, int]:
        """The room for a fitted picture, width and height in device pixels."""
        ratio = self.devicePixelRatioF()
        room = self.size() - QSize(2 * MARGIN, 2 * MARGIN)
        return max(1, round(room.width() * ratio)), max(1, round(room.height() * ratio))

    @property
    def whole_pixels(self) -> bool:
        """Whether one picture pixel is one screen pixel (100 %)."""
        return self._whole

    def show_picture(
        self, image: QImage, full_width: int, full_height: int, lost: QImage | None = None
    ) -> None:
        """Shows a picture, perhaps a small stand-in for a large photo.

        Args:
            image: Upright pixels in the colours of the monitor.
            full_width: Width of the whole photo in pixels, which fixes its size on screen.
            full_height: Height of the whole photo in pixels.
            lost: What marks lost highlights and shadows, as large as the image; None: its own pixels say.
        """
        self._image, self._overlay, self._lost = image, (QRect(), QImage()), lost
        self._pixmap = QPixmap.fromImage(image)
        self._full = QSize(full_width, full_height)
        self.update()

    def clear(self) -> None:
        """Shows the empty ground."""
        self._image, self._pixmap = QImage(), QPixmap()
        self.update()

    @property
    def image(self) -> QImage:
        """The picture on show; null on the empty ground."""
        return self._image

    @property
    def clipping(self) -> bool:
        """Whether lost highlights and shadows are marked."""
        return self._clipping

    def set_clipping(self, shown: bool) -> None:
        """Marks lost highlights and shadows, or no longer."""
        self._clipping = shown
        self.update()

    def set_whole_pixels(self, whole: bool) -> None:
        """Switches between fitted and 100 %; the middle of the picture is shown first."""
        self._whole = whole
        self._centre = QPointF(0.5, 0.5)
        self.setCursor(Qt.CursorShape.OpenHandCursor if whole else Qt.CursorShape.ArrowCursor)
        self.update()

    @Slot(QPointF)
    def set_centre(self, centre: QPointF) -> None:
        """Brings a point to the middle at 100 %, as fractions of width and height; not announced."""
        self._centre = centre
        self.update()

    def target(self) -> QRectF:
        """Where the picture lies, in widget coordinates."""
        if self._full.isEmpty():
            return QRectF()
        ratio = self.devicePixelRatioF()
        natural = QSize(self._full.width(), self._full.height()).toSizeF() / ratio
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if self._whole:
            left = room.center().x() - natural.width() * self._centre.x()
            top = room.center().y() - natural.height() * self._centre.y()
            return QRectF(QPointF(round(left), round(top)), natural)
        scale = min(1.0, room.width() / natural.width(), room.height() / natural.height())
        size = natural * scale
        return QRectF(
            QPointF(
                round(room.center().x() - size.width() / 2, 0),
                round(room.center().y() - size.height() / 2, 0),
            ),
            size,
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints ground and picture."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Window))
        if not self._pixmap.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.target(), self._pixmap, QRectF(self._pixmap.rect()))
            if self._clipping:
                self._paint_clipping(painter)
        painter.end()

    def _paint_clipping(self, painter: QPainter) -> None:
        """Marks what is lost in the part of the picture that can be seen; worked out once for each part."""
        target = self.target()
        scale_x = self._image.width() / target.width()
        scale_y = self._image.height() / target.height()
        seen = target.intersected(QRectF(self.rect())).translated(-target.topLeft())
        part = QRectF(
            seen.x() * scale_x, seen.y() * scale_y, seen.width() * scale_x, seen.height() * scale_y
        ).toAlignedRect()
        part = part.intersected(self._image.rect())
        if part.isEmpty():
            return
        if self._overlay[0] != part:
            lost = clipping_overlay(self._image.copy(part)) if self._lost is None else self._lost.copy(part)
            self._overlay = (part, lost)
        place = QRectF(
            target.x() + part.x() / scale_x,
            target.y() + part.y() / scale_y,
            part.width() / scale_x,
            part.height() / scale_y,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(place, self._overlay[1])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Announces the new room."""
        super().resizeEvent(event)
        self.box_changed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Announces the double click."""
        self.double_clicked.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Takes hold of the picture at 100 %."""
        self.pressed.emit()
        if self._whole and event.button() == Qt.MouseButton.LeftButton:
            self._drag_from = event.position().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drags the picture at 100 %."""
        if self._drag_from is None:
            return
        here = event.position().toPoint()
        moved, size = here - self._drag_from, self.target().size()
        self._drag_from = here
        self._centre = QPointF(
            min(1.0, max(0.0, self._centre.x() - moved.x() / size.width())),
            min(1.0, max(0.0, self._centre.y() - moved.y() / size.height())),
        )
        self.update()
        self.centre_changed.emit(self._centre)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Lets go."""
        self._drag_from = None
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._whole else Qt.CursorShape.ArrowCursor)
