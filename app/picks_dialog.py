"""The dialog that copies or moves picks: where to, under which names, how far; copies nothing itself."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.numbers import counted, data_size, number
from app.pick_work import PickList, PickProgress, PickWish
from editor.core.copy_picks import Conflict
from editor.core.name_template import FIELDS, TemplateError, fill_template
from editor.panel.side_by_side import side_by_side

_STEPS = 1000


class PicksDialog(QDialog):
    """Says what is wrong with a wish while it is typed; Escape stops a copy under way."""

    started = Signal(object)
    stop_asked = Signal()

    def __init__(self, listed: PickList, wish: PickWish, parent: QWidget) -> None:
        """Builds the dialog.

        Args:
            listed: What would be copied; at least one pick.
            wish: What it begins with.
            parent: The window.
        """
        super().__init__(parent)
        self._listed, self.running = listed, False
        self.setWindowTitle(self.tr("Copy or move picks"))
        self.setMinimumWidth(640)
        self.folder = QLineEdit("" if wish.folder == Path() else str(wish.folder))
        self.choose = QPushButton(self.tr("Choose…"))
        self.copy, self.move_away = QRadioButton(self.tr("Copy")), QRadioButton(self.tr("Move"))
        self.template = QLineEdit(wish.template)
        self.conflict = QComboBox()
        self.example, self.problem, self.words = QLabel(), QLabel(), QLabel()
        self.bar = QProgressBar()
        self._buttons = QDialogButtonBox()
        self._form = QWidget()
        self.go = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.stop = self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._fill(wish)
        self._build()
        self._connect()
        self._follow()

    @property
    def wish(self) -> PickWish | None:
        """What is asked for; None while it makes no sense."""
        folder, template = self.folder.text().strip(), self.template.text().strip()
        if self._wrong(folder, template):
            return None
        conflict = Conflict(str(self.conflict.currentData()))
        return PickWish(Path(folder).expanduser(), template, conflict, self.move_away.isChecked())

    def show_progress(self, progress: PickProgress) -> None:
        """Says how far the copy is."""
        share = progress.done_bytes / progress.total_bytes if progress.total_bytes else 1.0
        self.bar.setValue(round(share * _STEPS))
        words = self.tr("{n} of {total} photos, {rate}/s").format(
            n=number(progress.done),
            total=number(progress.total),
            rate=data_size(round(progress.rate)),
        )
        if progress.seconds_left is not None:
            words += self.tr(", {n} s left").format(n=number(round(progress.seconds_left)))
        self.words.setText(words)

    def end(self) -> None:
        """The copy has ended: closes."""
        self.running = False
        self.accept()

    def reject(self) -> None:
        """Cancel and Escape: closes, or stops a copy that is under way; it then ends by itself."""
        if self.running:
            self.stop.setEnabled(False)
            self.words.setText(self.tr("Stopping …"))
            self.stop_asked.emit()
        else:
            super().reject()

    def _fill(self, wish: PickWish) -> None:
        self.conflict.addItem(self.tr("Add a number to the name"), Conflict.NUMBER.value)
        self.conflict.addItem(self.tr("Leave the photo out and say so"), Conflict.SKIP.value)
        self.conflict.setCurrentIndex(self.conflict.findData(wish.conflict.value))
        group = QButtonGroup(self)
        for button in (self.copy, self.move_away):
            group.addButton(button)
        (self.move_away if wish.move else self.copy).setChecked(True)
        self.folder.setAccessibleName(self.tr("Target folder"))
        self.folder.setPlaceholderText(self.tr("Choose a folder"))
        self.template.setAccessibleName(self.tr("Name template"))
        fields = ", ".join(f"{{{name}}}" for name in FIELDS)
        self.template.setToolTip(self.tr("Fields: {fields}. A slash makes a folder.").format(fields=fields))
        self.conflict.setAccessibleName(self.tr("Where another file has the name"))
        self.choose.setAutoDefault(False)
        self.go.setDefault(True)
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Photos copied"))
        self.problem.setProperty("role", "warning")
        for label in (self.example, self.problem, self.words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar.hide()
        self.words.hide()

    def _build(self) -> None:
        heading = QLabel(self.windowTitle())
        heading.setProperty("role", "title")
        sentence = QLabel(
            self.tr(
                "{picks}, {files} with sidecars and RAW+JPEG pairs, {size}. Every copy is read "
                "back and compared; no other file is ever overwritten."
            ).format(
                picks=counted(len(self._listed.shots), self.tr("1 pick"), self.tr("{n} picks")),
                files=counted(self._listed.files, self.tr("1 file"), self.tr("{n} files")),
                size=data_size(self._listed.size),
            )
        )
        sentence.setWordWrap(True)
        hint = QLabel(self.tr("Fields: {fields}").format(fields=" ".join(f"{{{name}}}" for name in FIELDS)))
        hint.setProperty("role", "quiet")
        hint.setWordWrap(True)
        form = QGridLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget | None, QWidget], ...] = (
            (self.tr("&To"), self.folder, side_by_side(self.folder, self.choose, spacing=12)),
            (self.tr("What"), None, side_by_side(self.copy, self.move_away, spacing=12, stretch=True)),
            (self.tr("&Names"), self.template, self.template),
            ("", None, hint),
            (self.tr("Example"), None, self.example),
            (self.tr("If the name is &taken"), self.conflict, side_by_side(self.conflict, stretch=True)),
        )
        for row, (text, buddy, widget) in enumerate(rows):
            label = QLabel(text)
            if buddy is not None:
                label.setBuddy(buddy)
            form.addWidget(label, row, 0)
            form.addWidget(widget, row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in (heading, sentence, self._form, self.problem, self.words, self.bar):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._ask_for_folder)
        self.folder.textChanged.connect(self._follow)
        self.template.textChanged.connect(self._follow)
        self.move_away.toggled.connect(self._follow)
        self._buttons.accepted.connect(self._start)
        self._buttons.rejected.connect(self.reject)

    def _wrong(self, folder: str, template: str) -> str:
        """What keeps the wish from making sense; empty where it does."""
        if self._listed.example is not None:
            try:
                fill_template(template, self._listed.example)
            except TemplateError as error:
                return str(error)
        if not folder:
            return self.tr("Choose a folder to copy to.")
        if not Path(folder).expanduser().is_absolute():
            return self.tr("Give the whole path of the folder.")
        return ""

    @Slot()
    def _follow(self) -> None:
        """Shows the example, what is wrong, and what the button would do."""
        template = self.template.text().strip()
        problem = self._wrong(self.folder.text().strip(), template)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.go.setEnabled(not problem)
        count = len(self._listed.shots)
        if self.move_away.isChecked():
            self.go.setText(counted(count, self.tr("Move 1 pick"), self.tr("Move {n} picks")))
        else:
            self.go.setText(counted(count, self.tr("Copy 1 pick"), self.tr("Copy {n} picks")))
        self.go.setMinimumWidth(self.go.fontMetrics().horizontalAdvance(self.go.text()) * 6 // 5 + 32)
        self.example.setText(self._example(template))

    def _example(self, template: str) -> str:
        fields = self._listed.example
        if fields is None:
            return ""
        try:
            stem = fill_template(template, fields)
        except TemplateError:
            return "–"
        first = self._listed.shots[0].files[0]
        return f"{first.name} → {stem}{first.suffix}"

    @Slot()
    def _ask_for_folder(self) -> None:
        start = self.folder.text().strip() or str(self._listed.source.shoot.parent)
        folder = QFileDialog.getExistingDirectory(self, self.tr("Copy picks to"), start)
        if folder:
            self.folder.setText(folder)

    @Slot()
    def _start(self) -> None:
        wish = self.wish
        if wish is None or self.running:
            return
        self.running = True
        self._form.setEnabled(False)
        self.go.setEnabled(False)
        self.stop.setText(self.tr("Stop"))
        self.stop.setFocus()
        self.words.setText(self.tr("Beginning …"))
        self.words.show()
        self.bar.show()
        self.started.emit(wish)
