"""The photo before and after its edits in numbers, and whether its badges clear; decides by the lines."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.thresholds import Mode, Modes, Thresholds
from quality.panel.badge import BadgeLabel
from quality.panel.defect_text import defect_name

_ARROW = "\N{RIGHTWARDS ARROW}"


class JudgedLine(QWidget):
    """One row per defect: ``Under 0.86 → 0.12 cleared``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badges = PerDefect[BadgeLabel](*(BadgeLabel(defect, 18) for defect in DEFECTS))
        self._numbers = PerDefect[QLabel](*(QLabel() for _ in DEFECTS))
        self._words = PerDefect[QLabel](*(QLabel() for _ in DEFECTS))
        self._table, self.sentence = QWidget(), QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "quiet")
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        for row, defect in enumerate(DEFECTS):
            self._words.of(defect).setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._badges.of(defect), row, 0)
            grid.addWidget(QLabel(defect_name(defect)), row, 1)
            grid.addWidget(self._numbers.of(defect), row, 2)
            grid.addWidget(self._words.of(defect), row, 3)
        grid.setColumnMinimumWidth(2, 96)
        grid.setColumnStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._table)
        layout.addWidget(self.sentence)
        self.show_nothing("")

    def text(self, defect: Defect) -> str:
        """What it says of a defect, for tests and screen readers."""
        return f"{self._numbers.of(defect).text()} {self._words.of(defect).text()}".strip()

    def show_nothing(self, reason: str) -> None:
        """There are no numbers; says why."""
        self._table.hide()
        self.sentence.setText(reason)
        self.sentence.setVisible(bool(reason))

    def show_scores(
        self,
        before: PerDefect[float],
        after: PerDefect[float] | None,
        thresholds: Thresholds,
        modes: Modes,
        *,
        waiting: bool,
        note: str = "",
    ) -> None:
        """Shows both numbers of each defect.

        Args:
            before: How the original is judged, 0..1.
            after: How the edited picture is judged; None where it is not edited or not judged yet.
            thresholds: The lines.
            modes: What each defect may do.
            waiting: Whether the edited picture is being judged.
            note: A sentence below the numbers.
        """
        for defect in DEFECTS:
            line, on = thresholds.of(defect), modes.of(defect) is not Mode.OFF
            was, now = before.of(defect), None if after is None else after.of(defect)
            number, word = self._numbers.of(defect), self._words.of(defect)
            number.setText(f"{was:.2f}" + ("" if now is None else f" {_ARROW} {now:.2f}"))
            if now is None and waiting:
                number.setText(f"{was:.2f} {_ARROW} …")
            words = self._outcome(was >= line, None if now is None else now >= line) if on else self.tr("off")
            word.setText(words)
            bold = now is not None and on and (was >= line) != (now >= line)
            word.setProperty("role", "number" if bold else "quiet")
            word.style().unpolish(word)
            word.style().polish(word)
            number.setToolTip(self.tr("Line {line}").format(line=f"{line:.2f}"))
            self._badges.of(defect).setEnabled(on)
            number.setAccessibleName(f"{defect_name(defect)} {number.text()} {words}")
        self._table.show()
        self.sentence.setText(note)
        self.sentence.setVisible(bool(note))

    def _outcome(self, was: bool, now: bool | None) -> str:
        if now is None:
            return self.tr("flagged") if was else ""
        if was and not now:
            return self.tr("badge cleared")
        if now:
            return self.tr("still flagged") if was else self.tr("flagged now")
        return ""
