"""The photos nearest a line, as small pictures to judge the line by; knows rows, not files."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from quality.core.labels import Defect
from quality.core.score_column import ScoreColumn
from quality.core.thresholds import Mode
from quality.panel.badge import DEFECT_COLORS, HINT_COLOR
from quality.panel.defect_text import defect_name
from quality.panel.ground import Ground
from quality.panel.near_picture import ScorePixmaps, covered
from quality.panel.throttle import Throttle

NEAR = 8
"""How many photos are shown."""

_COLUMNS = 4
_PICTURE = QSize(64, 40)
_CAPTION = 16
_KEPT = 256
_PAUSE_MS = 30

PictureOf = Callable[[int], QImage | None]
NameOf = Callable[[int], str]


class NearTile(QAbstractButton):
    """One small picture with its score; a bar in the defect's colour says that it is over the line."""

    def __init__(self, scores: ScorePixmaps, parent: QWidget | None = None) -> None:
        """Makes an empty tile.

        Args:
            scores: Where painted scores are kept.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self.row = -1
        self._scores = scores
        self._pixmap = QPixmap()
        self._score = 0.0
        self._color: QColor | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_PICTURE.height() + _CAPTION + 4)
        self.setMinimumWidth(_PICTURE.width() - 8)

    @property
    def is_empty(self) -> bool:
        """Whether its picture is not there yet."""
        return self._pixmap.isNull()

    def show_photo(self, row: int, pixmap: QPixmap, score: float, color: QColor | None) -> None:
        """Shows a photo.

        Args:
            row: Its row in the shoot.
            pixmap: Its picture, a null one while it is not there.
            score: 0..1.
            color: The colour of its bar; None below the line.
        """
        shown = (self.row, self._pixmap.cacheKey(), self._score, self._color)
        if shown != (row, pixmap.cacheKey(), score, color):
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

    def room(self) -> QRect:
        """Where the picture lies."""
        return QRect(1, 1, self.width() - 2, _PICTURE.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Copies picture and score, which were made once, and paints the bar, all on whole pixels.

        A window's painter keeps to the outline of all that changed at once; under such an outline smooth
        shapes cost many times more than in a picture of their own.
        """
        painter = QPainter(self)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        room, ratio = self.room(), self.devicePixelRatioF()
        if self._pixmap.isNull():
            ground = QColor(text)
            ground.setAlphaF(0.08)
            painter.fillRect(room, ground)
        else:
            painter.drawPixmap(room.topLeft(), self._pixmap)
        if self._color is not None:
            painter.fillRect(QRect(room.left(), room.bottom() - 2, room.width(), 3), self._color)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.BrightText), 2))
            painter.drawRect(room)
        over = self._color is not None
        words = self._scores.pixmap(f"{self._score:.2f}", text, self.font(), ratio, over=over)
        left = (self.width() - words.deviceIndependentSize().width()) / 2
        painter.drawPixmap(QPointF(round(left * ratio) / ratio, _PICTURE.height() + 2), words)
        painter.end()


class NearLine(Ground):
    """Eight tiles in two rows, the highest score first."""

    photo_chosen = Signal(int)
    pictures_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel()
        self._heading.setProperty("role", "quiet")
        scores = ScorePixmaps()
        self._tiles = [NearTile(scores, self) for _ in range(NEAR)]
        self._picture_of: PictureOf = _no_picture
        self._name_of: NameOf = str
        self._pixmaps: OrderedDict[tuple[int, int, float], QPixmap] = OrderedDict()
        self._asked: set[int] = set()
        self._shown: tuple[Defect, ScoreColumn, float, Mode] | None = None
        self._soon = Throttle(self._fill, _PAUSE_MS, self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(1)
        for place, tile in enumerate(self._tiles):
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
            tile.clicked.connect(self._clicked)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
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
        if self._shown is not None and any(tile.is_empty for tile in self._tiles if not tile.isHidden()):
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
            pixmap = self._pixmap(row, tile)
            if pixmap is None:
                missing.append(row)
            over = score >= line
            tile.show_photo(row, pixmap or QPixmap(), score, color if over else None)
            side = self.tr("over the line") if over else self.tr("below the line")
            words = f"{self._name_of(row)}, {name} {score:.2f}, {side}"
            if words != tile.accessibleName():
                tile.setAccessibleName(words)
                tile.setToolTip(words)
        for place, tile in enumerate(self._tiles):
            tile.setVisible(place < len(found))
        # A picture that cannot be had is not asked for again and again.
        wanted = [row for row in missing if row not in self._asked]
        self._asked.update(wanted)
        if wanted:
            self.pictures_wanted.emit(missing)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Makes pictures for the new width of the tiles."""
        super().resizeEvent(event)
        if self._shown is not None:
            self._soon.call()

    def _pixmap(self, row: int, tile: NearTile) -> QPixmap | None:
        """A small picture, made once for each size; None while the photo has none."""
        ratio = self.devicePixelRatioF()
        key = (row, tile.width(), ratio)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            return self._pixmaps[key]
        image = self._picture_of(row)
        if image is None or image.isNull():
            return None
        self._asked.discard(row)
        self._pixmaps[key] = covered(image, tile.room().size(), ratio)
        if len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        return self._pixmaps[key]

    @Slot()
    def _clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, NearTile) and tile.row >= 0:
            self.photo_chosen.emit(tile.row)


def _no_picture(_row: int) -> None:
    return None
