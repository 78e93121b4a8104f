"""The photos nearest a line, as small pictures to judge the line by; knows rows, not files."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from quality.core.labels import Defect
from quality.core.score_column import ScoreColumn
from quality.core.thresholds import Mode
from quality.panel.badge import DEFECT_COLORS, HINT_COLOR
from quality.panel.defect_text import defect_name
from quality.panel.throttle import Throttle

NEAR = 8
"""How many photos are shown."""

_COLUMNS = 4
_PICTURE = QSize(64, 44)
_CAPTION = 18
_KEPT = 96
_PAUSE_MS = 30

PictureOf = Callable[[int], QImage | None]
NameOf = Callable[[int], str]


class NearTile(QAbstractButton):
    """One small picture with its score; a bar in the defect's colour says that it is over the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = -1
        self._pixmap = QPixmap()
        self._score = 0.0
        self._color: QColor | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_PICTURE.height() + _CAPTION + 4)
        self.setMinimumWidth(_PICTURE.width() - 8)

    def show_photo(self, row: int, pixmap: QPixmap, score: float, color: QColor | None) -> None:
        """Shows a photo.

        Args:
            row: Its row in the shoot.
            pixmap: Its picture, a null one while it is not there.
            score: 0..1.
            color: The colour of its bar; None below the line.
        """
        self.row, self._pixmap, self._score, self._color = row, pixmap, score, color
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Lights up."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Goes dim again."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints picture, bar and score."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        room = QRectF(1.5, 1.5, self.width() - 3, _PICTURE.height())
        outline = QPainterPath()
        outline.addRoundedRect(room, 3, 3)
        ground = QColor(text)
        ground.setAlphaF(0.08)
        painter.fillPath(outline, ground)
        if not self._pixmap.isNull():
            painter.setClipPath(outline)
            size = self._pixmap.deviceIndependentSize()
            scale = max(room.width() / size.width(), room.height() / size.height())
            shown = QRectF(QPointF(), size * scale)
            shown.moveCenter(room.center())
            painter.drawPixmap(shown, self._pixmap, QRectF(self._pixmap.rect()))
            painter.setClipping(False)
        if self._color is not None:
            painter.fillRect(QRectF(room.left(), room.bottom() - 3, room.width(), 3), self._color)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.BrightText), 1.5))
            painter.drawPath(outline)
        self._paint_score(painter, text)
        painter.end()

    def _paint_score(self, painter: QPainter, text: QColor) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        over = self._color is not None
        font.setWeight(QFont.Weight.DemiBold if over else QFont.Weight.Normal)
        color = QColor(text)
        color.setAlphaF(1.0 if over else 0.7)
        painter.setFont(font)
        painter.setPen(color)
        place = QRectF(0, _PICTURE.height() + 2, self.width(), _CAPTION)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{self._score:.2f}")


class NearLine(QWidget):
    """Eight tiles in two rows, the highest score first."""

    photo_chosen = Signal(int)
    pictures_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel()
        self._heading.setProperty("role", "quiet")
        self._tiles = [NearTile(self) for _ in range(NEAR)]
        self._picture_of: PictureOf = _no_picture
        self._name_of: NameOf = str
        self._pixmaps: OrderedDict[tuple[int, float], QPixmap] = OrderedDict()
        self._asked: set[int] = set()
        self._shown: tuple[Defect, ScoreColumn, float, Mode] | None = None
        self._soon = Throttle(self._fill, _PAUSE_MS, self)
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, tile in enumerate(self._tiles):
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
            tile.clicked.connect(self._clicked)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addLayout(grid)
        self.hide()

    @property
    def rows(self) -> list[int]:
        """The rows on show, the highest score first."""
        return [tile.row for tile in self._tiles if not tile.isHidden()]

    def set_source(self, picture_of: PictureOf, name_of: NameOf) -> None:
        """Says where pictures and names of rows come from."""
        self._picture_of, self._name_of = picture_of, name_of

    def clear(self) -> None:
        """Forgets the pictures of a shoot."""
        self._pixmaps.clear()
        self._asked.clear()
        self._shown = None
        self.hide()

    def show_line(self, defect: Defect, column: ScoreColumn, line: float, mode: Mode) -> None:
        """Shows the photos nearest a line; many calls in a row fill the tiles only now and then."""
        self._shown = (defect, column, line, mode)
        self.setVisible(len(column) > 0 and mode is not Mode.OFF)
        self._soon.call()

    def refresh(self) -> None:
        """Pictures came: those that were missing are looked for again."""
        if self._shown is not None and any(
            (row, self.devicePixelRatioF()) not in self._pixmaps for row in self.rows
        ):
            self._soon.call()

    def flush(self) -> None:
        """Fills the tiles now."""
        self._soon.flush()

    @Slot()
    def _fill(self) -> None:
        if self._shown is None:
            return
        defect, column, line, mode = self._shown
        name = defect_name(defect)
        self._heading.setText(self.tr("Nearest the {name} line").format(name=name))
        found = column.nearest(line, NEAR)
        color = HINT_COLOR if mode is Mode.HINT else DEFECT_COLORS[defect]
        missing = []
        for tile, (row, score) in zip(self._tiles, found, strict=False):
            pixmap = self._pixmap(row)
            if pixmap is None:
                missing.append(row)
            over = score >= line
            tile.show_photo(row, pixmap or QPixmap(), score, color if over else None)
            side = self.tr("over the line") if over else self.tr("below the line")
            words = f"{self._name_of(row)}, {name} {score:.2f}, {side}"
            tile.setAccessibleName(words)
            tile.setToolTip(words)
        for place, tile in enumerate(self._tiles):
            tile.setVisible(place < len(found))
        # A picture that cannot be had is not asked for again and again.
        wanted = [row for row in missing if row not in self._asked]
        self._asked.update(wanted)
        if wanted:
            self.pictures_wanted.emit(missing)

    def _pixmap(self, row: int) -> QPixmap | None:
        """A small picture, made once; None while the photo has none."""
        key = (row, self.devicePixelRatioF())
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            return self._pixmaps[key]
        image = self._picture_of(row)
        if image is None or image.isNull():
            return None
        self._asked.discard(row)
        self._pixmaps[key] = _small(image, self.devicePixelRatioF())
        if len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        return self._pixmaps[key]

    @Slot()
    def _clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, NearTile) and tile.row >= 0:
            self.photo_chosen.emit(tile.row)


def _small(image: QImage, ratio: float) -> QPixmap:
    """Covers a tile; a coarse step before the smooth one, so that a dragged line never waits."""
    wanted = QSize(_PICTURE.width() + 16, _PICTURE.height()) * ratio
    keep = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    coarse = image
    if image.width() > 3 * wanted.width():
        coarse = image.scaled(wanted * 2, keep, Qt.TransformationMode.FastTransformation)
    pixmap = QPixmap.fromImage(coarse.scaled(wanted, keep, Qt.TransformationMode.SmoothTransformation))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _no_picture(_row: int) -> None:
    return None
