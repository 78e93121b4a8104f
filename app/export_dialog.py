"""The export dialog: the form, what would be done, and how far it is; exports nothing itself."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.export_form import ExportForm
from app.export_wish import ExportWish, Which
from app.export_work import DryRun, ExportProgress
from app.numbers import data_size, number
from editor.core.export_plan import Action


class ExportDialog(QDialog):
    """`plan_wanted` asks for a dry run of what is in the form; Escape stops an export under way."""

    plan_wanted = Signal()
    started = Signal()
    stop_asked = Signal()

    def __init__(
        self,
        counts: Mapping[Which, int],
        wish: ExportWish,
        start: Path,
        parent: QWidget,
        *,
        pairs: bool = False,
    ) -> None:
        """Builds the dialog.

        Args:
            counts: How many photos each choice means.
            wish: What it begins with.
            start: Where choosing a folder begins.
            parent: The window.
            pairs: Whether the shoot has RAW+JPEG pairs.
        """
        super().__init__(parent)
        self.running = False
        self._counts, self._start = counts, start
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(640)
        self.form = ExportForm(counts, wish, pairs=pairs)
        self.words, self.problem, self.progress_words = QLabel(), QLabel(), QLabel()
        self.bar = QProgressBar()
        self._layout = QVBoxLayout(self)
        self._buttons = QDialogButtonBox()
        self.go = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.stop = self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._build()
        self.form.changed.connect(self._changed)
        self.form.choose.clicked.connect(self._ask_for_folder)
        self._buttons.accepted.connect(self._begin)
        self._buttons.rejected.connect(self.reject)

    @property
    def wish(self) -> ExportWish:
        """What is asked for."""
        return self.form.wish

    def begin(self) -> None:
        """Asks for the first dry run."""
        self._changed()

    def show_problem(self, problem: str) -> None:
        """Says why nothing can be exported."""
        self.problem.setText(problem)
        self.problem.show()
        self._grow()
        self.words.setText("")
        self.form.example.setText("–")
        self._set_go(0)

    def show_plan(self, plan: DryRun) -> None:
        """Says what would be done, with counts and bytes."""
        warning = ""
        if plan.first_error:
            warning = self.tr("{n} cannot be exported; first: {reason}").format(
                n=number(plan.counts[Action.FAIL]), reason=plan.first_error
            )
        if plan.free is not None and plan.size > plan.free:
            warning = self.tr("There is room for {free} only.").format(free=data_size(plan.free))
        self.problem.setText(warning)
        self.problem.setVisible(bool(warning))
        self.words.setText(self._plan_words(plan))
        self.form.example.setText(f"{plan.example[0]} → {plan.example[1]}" if plan.example else "–")
        self._set_go(plan.written)
        self._grow()

    def show_progress(self, progress: ExportProgress) -> None:
        """Says how far the export is."""
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        words = self.tr("{n} of {total} photos, {size} written").format(
            n=number(progress.done), total=number(progress.total), size=data_size(progress.size)
        )
        if progress.rate:
            words += self.tr(", {rate} a second").format(rate=QLocale().toString(progress.rate, "f", 1))
        if progress.seconds_left is not None and progress.done < progress.total:
            words += self.tr(", {n} s left").format(n=number(round(progress.seconds_left)))
        if self.stop.isEnabled():
            self.progress_words.setText(words)

    def end(self) -> None:
        """The export has ended: closes."""
        self.running = False
        self.accept()

    def reject(self) -> None:
        """Cancel and Escape: closes, or stops an export that is under way; it then ends by itself."""
        if self.running:
            self.stop.setEnabled(False)
            self.progress_words.setText(self.tr("Stopping; finished files stay …"))
            self.stop_asked.emit()
        else:
            super().reject()

    def _build(self) -> None:
        heading = QLabel(self.tr("Export"))
        heading.setProperty("role", "title")
        sentence = QLabel(self.tr("Photos are written as they are edited; originals stay as they are."))
        sentence.setProperty("role", "quiet")
        self.problem.setProperty("role", "warning")
        self.words.setProperty("role", "number")
        for label in (sentence, self.words, self.problem, self.progress_words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.go.setDefault(True)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Photos exported"))
        layout = self._layout
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        parts: tuple[QWidget, ...] = (heading, sentence, self.form, self.words, self.problem)
        for part in (*parts, self.progress_words, self.bar, self._buttons):
            layout.addWidget(part)
        self.problem.hide()
        self.progress_words.hide()
        self.bar.hide()
        self._set_go(0)

    def _grow(self) -> None:
        """Makes room for words that take more lines now; never shrinks below the mouse."""
        needed = self._layout.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    def _set_go(self, count: int) -> None:
        total = self._counts.get(self.wish.which, 0)
        words = (
            self.tr("Export 1 photo") if total == 1 else self.tr("Export {n} photos").format(n=number(total))
        )
        self.go.setText(words)
        # The default button is bold, which Qt forgets when it measures.
        self.go.setMinimumWidth(self.go.fontMetrics().horizontalAdvance(words) * 6 // 5 + 32)
        self.go.setEnabled(count > 0 and not self.running)

    def _plan_words(self, plan: DryRun) -> str:
        texts = {
            Action.WRITE: self.tr("{n} new files"),
            Action.REPLACE: self.tr("{n} replaced"),
            Action.ALREADY: self.tr("{n} there already"),
            Action.SKIP: self.tr("{n} left out, their names are taken"),
            Action.FAIL: self.tr("{n} cannot be read"),
        }
        parts = [
            text.format(n=number(plan.counts[action]))
            for action, text in texts.items()
            if plan.counts.get(action)
        ]
        words = ", ".join(parts)
        if plan.written:
            words += self.tr("; about {size}").format(size=data_size(plan.size))
        return words

    @Slot()
    def _changed(self) -> None:
        if not self.running:
            self.plan_wanted.emit()

    @Slot()
    def _ask_for_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Export to"), self.wish.folder or str(self._start)
        )
        if folder:
            self.form.folder.setText(folder)

    @Slot()
    def _begin(self) -> None:
        if self.running or not self.go.isEnabled():
            return
        self.running = True
        self.form.setEnabled(False)
        self.go.setEnabled(False)
        self.stop.setText(self.tr("Stop"))
        self.stop.setFocus()
        self.progress_words.setText(self.tr("Beginning …"))
        self.bar.setRange(0, 0)
        self.progress_words.show()
        self.bar.show()
        self.started.emit()
