"""The sheet that lists exactly which files would be moved, and lets the user choose where; moves nothing."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QWidget

from app.numbers import counted, data_size
from app.sheet import Sheet
from editor.core.folder import REJECTED_FOLDER
from editor.core.rejects import RejectReview


class RejectSheet(Sheet):
    """Exact list and bytes; ``_rejected`` inside the shoot, or the system's bin."""

    place_chosen = Signal(bool)

    def __init__(self, review: RejectReview, no_bin: str, window: QWidget, *, to_bin: bool) -> None:
        """Builds the sheet.

        Args:
            review: What would be moved, and what would stay.
            no_bin: Why the bin cannot be used; empty where it can.
            window: The window.
            to_bin: Whether the bin is chosen at first, where it can be used.
        """
        super().__init__("", "", " " if review.shots else "", window)
        self._review = review
        self.folder, self.bin = QRadioButton(), QRadioButton()
        title = self.tr("Review of rejects")
        self.setWindowTitle(title)
        self.heading.setText(title)
        self.list.setAccessibleName(title)
        self._fill()
        if review.shots:
            self._offer_places(no_bin, to_bin=to_bin and not no_bin)
            self._follow()
        else:
            self.sentence.setText(self.tr("No photo is marked as a reject, so there is nothing to move."))

    @property
    def to_bin(self) -> bool:
        """Whether the system's bin is chosen."""
        return self.bin.isChecked()

    def _fill(self) -> None:
        shoot = self._review.shoot
        for shot in self._review.shots:
            first, *rest = shot.files
            self.add(_name(first, shoot), data_size(shot.size), [(_name(file, shoot), "") for file in rest])
        for kept in self._review.kept_back:
            self.add(self.tr("Stays: {name}").format(name=_name(kept.photo, shoot)), "", [(kept.reason, "")])

    def _offer_places(self, no_bin: str, *, to_bin: bool) -> None:
        self.folder.setText(self.tr("Folder {name} inside the shoot").format(name=REJECTED_FOLDER))
        self.bin.setText(self.tr("System bin"))
        self.bin.setEnabled(not no_bin)
        self.bin.setToolTip(no_bin)
        (self.bin if to_bin else self.folder).setChecked(True)
        group = QButtonGroup(self)
        choice = QWidget()
        line = QHBoxLayout(choice)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(QLabel(self.tr("Where to")))
        for button in (self.folder, self.bin):
            group.addButton(button)
            line.addWidget(button)
        line.addStretch(1)
        self.add_choice(choice)
        if no_bin:
            reason = QLabel(no_bin)
            reason.setProperty("role", "quiet")
            reason.setWordWrap(True)
            self.add_choice(reason)
        self.bin.toggled.connect(self._chosen)

    @Slot(bool)
    def _chosen(self, to_bin: bool) -> None:
        self._follow()
        self.place_chosen.emit(to_bin)

    def _follow(self) -> None:
        """Says what the chosen place means."""
        review = self._review
        if self.to_bin:
            where = self.tr(
                "{photos}, {files}, {size}: put into the system bin, kept "
                "there until you empty it; Undo brings them back as long as this shoot stays open."
            )
        else:
            where = self.tr(
                "{photos}, {files}, {size}: moved to the folder {folder} "
                "inside the shoot. Nothing is deleted, and Undo brings every file back."
            )
        photos, files = len(review.shots), len(review.files)
        sentence = where.format(
            photos=counted(photos, self.tr("1 rejected photo"), self.tr("{n} rejected photos")),
            files=counted(files, self.tr("1 file"), self.tr("{n} files")),
            size=data_size(review.size),
            folder=REJECTED_FOLDER,
        )
        if self.to_bin:
            command = counted(
                files, self.tr("Put 1 file into the bin"), self.tr("Put {n} files into the bin")
            )
        else:
            command = counted(files, self.tr("Move 1 file"), self.tr("Move {n} files"))
        self.set_words(sentence, command)


def _name(file: Path, shoot: Path) -> str:
    return file.relative_to(shoot).as_posix()
