"""This photo: its three probabilities as bars with their lines, and the reason in words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.thresholds import Mode, Modes, Thresholds
from quality.core.verdict import decide
from quality.panel.badge import DEFECT_COLORS, HINT_COLOR, BadgeLabel, BadgeMark
from quality.panel.defect_text import defect_name, reason_sentence, score_line


def marks_of(
    probabilities: PerDefect[float] | None,
    thresholds: Thresholds,
    modes: Modes,
    scene_is_dark: bool | None = None,
) -> tuple[BadgeMark, ...]:
    """The badges of one photo, in the order of the defects."""
    decision = decide(probabilities, thresholds, modes, scene_is_dark)
    over = set(decision.reasons) | set(decision.hints)
    return tuple(BadgeMark(defect, defect in decision.hints) for defect in DEFECTS if defect in over)


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


class PhotoScores(QWidget):
    """The chosen photo in numbers and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._title = QLabel()
        self._size = QLabel()
        self._reason = QLabel()
        self._bars = PerDefect[ScoreBar](*(ScoreBar(defect) for defect in DEFECTS))
        self._numbers = PerDefect[QLabel](*(QLabel() for _ in DEFECTS))
        self._table = QWidget()
        self._build()
        self.show_nothing()

    @property
    def reason(self) -> str:
        """What it says in words."""
        return self._reason.text()

    def show_nothing(self) -> None:
        """No photo is chosen."""
        self._fill(
            self.tr("No photo chosen"), "", self.tr("Choose a photo to see its scores."), show_table=False
        )

    def show_waiting(self, name: str, *, will_come: bool) -> None:
        """The photo is not judged yet.

        Args:
            name: Its file name.
            will_come: Whether judging is under way, or stopped.
        """
        text = self.tr("Not judged yet: its turn will come.") if will_come else self.tr("Not judged.")
        self._fill(name, "", text, show_table=False)

    def show_fault(self, name: str, reason: str) -> None:
        """The photo could not be read; a photo that was not judged is never called good."""
        text = self.tr("{reason}\n\nNot judged, so neither good nor bad.").format(reason=reason)
        self._fill(name, self.tr("Cannot be shown"), text, show_table=False)

    def show_scores(
        self,
        name: str,
        size: str,
        probabilities: PerDefect[float],
        thresholds: Thresholds,
        modes: Modes,
        scene_is_dark: bool | None = None,
    ) -> None:
        """Shows the bars.

        Args:
            name: File name.
            size: Width and height in words.
            probabilities: One per defect, 0..1.
            thresholds: The lines.
            modes: What each defect may do.
            scene_is_dark: Whether the scene itself was dark; None when nothing says so.
        """
        marks = marks_of(probabilities, thresholds, modes, scene_is_dark)
        hints = {mark.defect for mark in marks if mark.hint}
        for defect in DEFECTS:
            score, line = probabilities.of(defect), thresholds.of(defect)
            mode = Mode.HINT if defect in hints else modes.of(defect)
            self._bars.of(defect).set_score(score, line, mode)
            self._bars.of(defect).setToolTip(score_line(defect, score, line))
            self._bars.of(defect).setAccessibleName(score_line(defect, score, line))
            self._numbers.of(defect).setText(f"{score:.2f}")
        self._fill(name, size, reason_sentence(marks), show_table=True)

    def _fill(self, title: str, size: str, reason: str, *, show_table: bool) -> None:
        self._title.setText(title)
        self._title.setToolTip(title)
        self._size.setText(size)
        self._size.setVisible(bool(size))
        self._reason.setText(reason)
        self._table.setVisible(show_table)

    def _build(self) -> None:
        heading = QLabel(self.tr("THIS PHOTO"))
        heading.setProperty("role", "heading")
        self._title.setProperty("role", "number")
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title.setMinimumWidth(0)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._size.setProperty("role", "quiet")
        self._reason.setWordWrap(True)
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for row, defect in enumerate(DEFECTS):
            number = self._numbers.of(defect)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            number.setMinimumWidth(32)
            grid.addWidget(BadgeLabel(defect, 18), row, 0)
            grid.addWidget(QLabel(defect_name(defect)), row, 1)
            grid.addWidget(self._bars.of(defect), row, 2)
            grid.addWidget(number, row, 3)
        grid.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 16)
        layout.setSpacing(6)
        for widget in (heading, self._title, self._size, self._table, self._reason):
            layout.addWidget(widget)


def _faded(color: QColor, alpha: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(alpha)
    return faded
