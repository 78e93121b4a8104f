"""This photo: three bars with their lines, the reason in words, how it was taken and what is lost."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from quality.core.labels import DEFECTS, PerDefect
from quality.core.photo_facts import PhotoFacts
from quality.core.thresholds import Mode, Modes, Thresholds
from quality.core.verdict import decide
from quality.panel.badge import BadgeLabel, BadgeMark
from quality.panel.defect_text import defect_name, score_line
from quality.panel.ground import Ground
from quality.panel.photo_words import camera_settings, explain, lost_words, recoverable_words, scene_words
from quality.panel.score_bar import ScoreBar

_GAP = 12
_SIDE = 16
_MIDDLE = Qt.TextElideMode.ElideMiddle


def marks_of(
    probabilities: PerDefect[float] | None,
    thresholds: Thresholds,
    modes: Modes,
    scene_is_dark: bool | None = None,
    cannot_tell: bool = False,
) -> tuple[BadgeMark, ...]:
    """The badges of one photo, in the order of the defects."""
    decision = decide(probabilities, thresholds, modes, scene_is_dark, cannot_tell)
    over = set(decision.reasons) | set(decision.hints)
    return tuple(BadgeMark(defect, defect in decision.hints) for defect in DEFECTS if defect in over)


class PhotoScores(Ground):
    """The chosen photo in numbers and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._size = QLabel()
        self._reason = QLabel()
        self._bars = PerDefect[ScoreBar](*(ScoreBar(defect) for defect in DEFECTS))
        self._numbers = PerDefect[QLabel](*(QLabel() for _ in DEFECTS))
        self._table = QWidget()
        self._facts_table = QWidget()
        names = (self.tr("Scene light"), self.tr("Lost"), self.tr("Recoverable"))
        self._settings, self._name = QLabel(), ""
        self._facts = tuple((QLabel(name), QLabel()) for name in names)
        self._build()
        self.show_nothing()

    @property
    def facts_text(self) -> str:
        """How it was taken and what is lost, one line each."""
        shown = [(label, value) for label, value in self._facts if not value.isHidden()]
        lines = [f"{label.text()}: {value.text()}" for label, value in shown]
        return "\n".join([self._settings.text(), *lines])

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
        facts: PhotoFacts | None = None,
    ) -> None:
        """Shows the bars.

        Args:
            name: File name.
            size: Width and height in words.
            probabilities: One per defect, 0..1.
            thresholds: The lines.
            modes: What each defect may do.
            facts: What explains the scores; None when nothing is known.
        """
        facts = facts or PhotoFacts()
        marks = marks_of(probabilities, thresholds, modes, facts.scene_is_dark, facts.cannot_tell)
        hints = {mark.defect for mark in marks if mark.hint}
        for defect in DEFECTS:
            score, line = probabilities.of(defect), thresholds.of(defect)
            mode = Mode.HINT if defect in hints else modes.of(defect)
            self._bars.of(defect).set_score(score, line, mode)
            self._bars.of(defect).setToolTip(score_line(defect, score, line))
            self._bars.of(defect).setAccessibleName(score_line(defect, score, line))
            self._numbers.of(defect).setText(f"{score:.2f}")
        self._show_facts(facts, marks)
        self._fill(name, size, explain(marks, facts), show_table=True)

    def _show_facts(self, facts: PhotoFacts, marks: tuple[BadgeMark, ...]) -> None:
        light = facts.light
        self._settings.setText(camera_settings(facts.metadata))
        values = (
            scene_words(facts.scene),
            "" if light is None else lost_words(light),
            "" if light is None else recoverable_words(light, marks),
        )
        for (label, value), words in zip(self._facts, values, strict=True):
            value.setText(words)
            label.setVisible(bool(words))
            value.setVisible(bool(words))

    def _fill(self, title: str, size: str, reason: str, *, show_table: bool) -> None:
        self._name = title
        self._title.setToolTip(title)
        self._size.setText(size)
        self._size.setVisible(bool(size))
        self._reason.setText(reason)
        self._table.setVisible(show_table)
        self._facts_table.setVisible(show_table)
        self._show_name()
        # Room for two lines, so that a line moved over this photo's score moves nothing below or above.
        self._reason.setMinimumHeight(2 * self._title.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Shows as much of the name as there is room for."""
        super().resizeEvent(event)
        self._show_name()

    def _show_name(self) -> None:
        """Leaves out the middle of a long name: its end tells photos of one shoot apart."""
        room = self.width() - 2 * _SIDE
        if self._size.text():
            room -= self._size.sizeHint().width() + _GAP
        self._title.setText(self._title.fontMetrics().elidedText(self._name, _MIDDLE, room))

    def _build(self) -> None:
        self.setAccessibleName(self.tr("This photo"))
        self._title.setProperty("role", "number")
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title.setMinimumWidth(0)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._size.setProperty("role", "quiet")
        self._reason.setWordWrap(True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        for row, defect in enumerate(DEFECTS):
            number = self._numbers.of(defect)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            number.setMinimumWidth(32)
            grid.addWidget(BadgeLabel(defect, 17), row, 0)
            grid.addWidget(QLabel(defect_name(defect)), row, 1)
            grid.addWidget(self._bars.of(defect), row, 2)
            grid.addWidget(number, row, 3)
        grid.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SIDE, 6, _SIDE, 8)
        layout.setSpacing(4)
        self._build_facts()
        top = QHBoxLayout()
        top.setSpacing(_GAP)
        top.addWidget(self._title, 1)
        top.addWidget(self._size)
        layout.addLayout(top)
        for widget in (self._table, self._reason, self._facts_table):
            layout.addWidget(widget)

    def _build_facts(self) -> None:
        grid = QGridLayout(self._facts_table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        # Over both columns: beside a name, the settings of some cameras would need a second line.
        self._settings.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(self._settings, 0, 0, 1, 2)
        for row, (label, value) in enumerate(self._facts, start=1):
            label.setProperty("role", "quiet")
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if row == len(self._facts):
                _keep_room(label)
                _keep_room(value)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)


def _keep_room(label: QLabel) -> None:
    """What comes and goes with a badge keeps its place."""
    policy = label.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    label.setSizePolicy(policy)
