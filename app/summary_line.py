"""The line above the photos: name of the shoot, what was found and decided, and how many are shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from app.mark_book import FlagCode
from app.numbers import number
from app.shoot import OverLines, Shoot


class SummaryLine(QWidget):
    """Shows figures given to it; a click on the count of hidden photos shows all again."""

    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._counts, self._shown = QLabel(), QLabel(), QToolButton()
        self._title.setProperty("role", "number")
        self._counts.setProperty("role", "quiet")
        self._shown.setProperty("role", "clear")
        self._shown.setToolTip(self.tr("A filter hides photos; click to show all"))
        self._shown.clicked.connect(self.clear_asked)
        self._shown.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 16, 2)
        line.setSpacing(12)
        line.addWidget(self._title)
        line.addWidget(self._counts, 1)
        line.addWidget(self._shown)
        self._line = line
        # In a narrow window the counts are cut rather than the window made wider.
        self._counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setFixedHeight(38)

    def add_at_end(self, widget: QWidget) -> None:
        """Puts a widget at the right end."""
        self._line.addWidget(widget)

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
        self._title.setText(shoot.folder.name or str(shoot.folder))
        parts = [self.tr("1 photo") if total == 1 else self.tr("{n} photos").format(n=number(total))]
        if has_model and shoot.judged:
            if settled < total:
                parts = [
                    self.tr("{done} of {total} so far").format(done=number(settled), total=number(total))
                ]
            parts += self._found(over, done=settled == total)
        self._counts.setText(", ".join(parts + self._decided(shoot)))
        self._counts.setToolTip(self._counts.text())

    def show_shown(self, shown: int, total: int) -> None:
        """Says how many photos a filter lets through."""
        words = self.tr("{n} of {total} shown").format(n=number(shown), total=number(total))
        self._shown.setText(f"{words}  ✕")
        self._shown.setAccessibleName(self.tr("{words}; show all").format(words=words))
        self._shown.setVisible(shown < total)

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
