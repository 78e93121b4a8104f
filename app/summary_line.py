"""The line above the photos: name of the shoot, what was found and decided, and how many are shown."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.elided_label import ElidedLabel
from app.mark_book import FlagCode
from app.numbers import number
from app.shoot import OverLines, Shoot
from quality.panel.ground import Ground
from quality.panel.still import Still

_GAP = 12
_FIRST_LINE, _SECOND_LINE = 30, 22


class SummaryLine(Ground):
    """Shows figures given to it; a click on the count of hidden photos shows all again.

    Where the counts find no room beside the name, they stand below it.
    """

    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary")
        self._title, self._counts, self._shown = ElidedLabel(), ElidedLabel(), QToolButton()
        self._counts_room = Still(self._counts)
        self._title.setProperty("role", "number")
        self._counts.setProperty("role", "quiet")
        self._shown.setProperty("role", "clear")
        self._shown.setToolTip(self.tr("A filter hides photos; click to show all"))
        self._shown.clicked.connect(self.clear_asked)
        self._shown.hide()
        self._shown_width = 0
        self._ends: list[QWidget] = [self._shown]
        self._first, self._lines = QHBoxLayout(), QVBoxLayout(self)
        self._first.setSpacing(_GAP)
        self._lines.setContentsMargins(16, 6, 16, 2)
        self._lines.setSpacing(0)
        self._lines.addLayout(self._first, 1)
        for widget in (self._title, self._counts_room, self._shown):
            self._first.addWidget(widget)
        self._place_counts(below=False)

    def add_at_end(self, widget: QWidget) -> None:
        """Puts a widget at the right end."""
        self._first.addWidget(widget)
        self._ends.append(widget)

    @property
    def counts_below(self) -> bool:
        """Whether the counts stand below the name."""
        return self._lines.count() > 1

    @property
    def text(self) -> str:
        """Name and counts."""
        return f"{self._title.text()}: {self._counts.text()}"

    @property
    def shown_text(self) -> str:
        """What it says about hidden photos, empty when all are shown."""
        return "" if self._shown.isHidden() else self._shown.text().removesuffix("  ✕")

    def show_counts(self, shoot: Shoot, over: OverLines, *, has_model: bool) -> None:
        """Sums up the shoot."""
        total, settled = len(shoot), shoot.settled
        self._title.show_text(shoot.folder.name or str(shoot.folder))
        parts = [self.tr("1 photo") if total == 1 else self.tr("{n} photos").format(n=number(total))]
        if has_model and shoot.judged:
            if settled < total:
                parts = [
                    self.tr("{done} of {total} so far").format(done=number(shoot.judged), total=number(total))
                ]
            parts += self._found(over, done=settled == total)
        self._counts.show_text(", ".join(parts + self._decided(shoot)))
        self._make_room()

    def show_shown(self, shown: int, total: int) -> None:
        """Says how many photos a filter lets through."""
        self._shown.setText(f"{self._shown_words(total, total)}  ✕")
        self._shown_width = self._shown.sizeHint().width()
        words = self._shown_words(shown, total)
        self._shown.setText(f"{words}  ✕")
        self._shown.setAccessibleName(self.tr("{words}; show all").format(words=words))
        self._shown.setVisible(shown < total)

    def _shown_words(self, shown: int, total: int) -> str:
        return self.tr("{n} of {total} shown").format(n=number(shown), total=number(total))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Finds room for the counts."""
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Finds room for the counts also where a neighbour came or went."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return done

    def _make_room(self) -> None:
        margins = self._lines.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        below = self._wanted_width() > room
        if below != self.counts_below:
            self._place_counts(below=below)

    def _wanted_width(self) -> int:
        """Width of the first line with everything on it.

        The count of hidden photos keeps its room while all are shown: no filter moves the photos.
        """
        ends = [end for end in self._ends if end is not self._shown and not end.isHidden()]
        wanted = [self._title, self._counts, *ends]
        kept = max(self._shown_width, self._shown.sizeHint().width())
        return sum(widget.sizeHint().width() for widget in wanted) + kept + _GAP * len(wanted)

    def _place_counts(self, *, below: bool) -> None:
        if below:
            self._first.removeWidget(self._counts_room)
            self._lines.addWidget(self._counts_room)
        else:
            self._lines.removeWidget(self._counts_room)
            self._first.insertWidget(1, self._counts_room)
        self._first.setStretchFactor(self._title, 1 if below else 0)
        self._first.setStretchFactor(self._counts_room, 1)
        margins = self._lines.contentsMargins()
        second = _SECOND_LINE if below else 0
        self.setFixedHeight(margins.top() + _FIRST_LINE + second + margins.bottom())

    def _found(self, over: OverLines, *, done: bool) -> list[str]:
        flagged, hinted = over.flagged, over.hinted
        if not flagged and not hinted:
            return [self.tr("nothing flagged")] if done else [self.tr("nothing flagged yet")]
        parts = [self.tr("{n} flagged").format(n=number(flagged))]
        if hinted:
            parts.append(self.tr("1 hint") if hinted == 1 else self.tr("{n} hints").format(n=number(hinted)))
        return parts

    def _decided(self, shoot: Shoot) -> list[str]:
        picks, rejects = shoot.marks.count(FlagCode.PICK), shoot.marks.count(FlagCode.REJECT)
        if not picks and not rejects:
            return []
        parts = []
        if picks:
            parts.append(self.tr("1 pick") if picks == 1 else self.tr("{n} picks").format(n=number(picks)))
        if rejects:
            one, many = self.tr("1 reject"), self.tr("{n} rejects")
            parts.append(one if rejects == 1 else many.format(n=number(rejects)))
        left = len(shoot) - picks - rejects
        parts.append(self.tr("{n} undecided").format(n=number(left)) if left else self.tr("all decided"))
        return parts
