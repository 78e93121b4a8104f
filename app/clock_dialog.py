"""The dialog of clocks: for each camera body of the shoot by how much its clock was wrong."""

import re
from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.numbers import number
from editor.core.clock_offsets import MOST_SECONDS, NO_NAME, ClockOffsets

_OFFSET = re.compile(r"([+\-−]?)\s*(?:(\d{1,5})\s*d\s*)?(?:(\d{1,6}):)?(\d{1,6}):(\d{2})")


def offset_text(seconds: int) -> str:
    """An offset as it is written: ``+1:00:00``, ``-0:00:07``, with days ``+2 d 1:00:00``."""
    days, rest = divmod(abs(seconds), 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    before = f"{days} d " if days else ""
    return f"{'-' if seconds < 0 else '+'}{before}{hours}:{minutes:02}:{left:02}"


def offset_seconds(text: str) -> int | None:
    """The seconds of a written offset; hours may be left out, nothing is none; None makes no sense."""
    if not text.strip():
        return 0
    found = _OFFSET.fullmatch(text.strip())
    if found is None or int(found[5]) > 59:
        return None
    sign, days, hours, minutes = found[1], int(found[2] or 0), int(found[3] or 0), int(found[4])
    if (found[3] or days) and minutes > 59:
        return None
    seconds = ((days * 24 + hours) * 60 + minutes) * 60 + int(found[5])
    if seconds > MOST_SECONDS:
        return None
    return -seconds if sign in {"-", "−"} else seconds


class ClockDialog(QDialog):
    """One line per body; what makes no sense is said and cannot be accepted."""

    def __init__(self, bodies: Mapping[str, int], clocks: ClockOffsets, parent: QWidget) -> None:
        """Builds the dialog.

        Args:
            bodies: The bodies of the shoot and how many photos each took.
            clocks: The offsets that hold now; those of bodies without photos are kept.
            parent: The window.
        """
        super().__init__(parent)
        self._clocks = clocks
        self.setWindowTitle(self.tr("Camera clocks"))
        self.setMinimumWidth(520)
        self.fields: dict[str, QLineEdit] = {}
        self.problem = QLabel()
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self._build(bodies)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._follow()

    @property
    def chosen(self) -> ClockOffsets:
        """The offsets as they stand in the dialog."""
        seconds = {body: offset_seconds(field.text()) or 0 for body, field in self.fields.items()}
        return ClockOffsets({**self._clocks.seconds, **seconds})

    def _build(self, bodies: Mapping[str, int]) -> None:
        heading = QLabel(self.windowTitle())
        heading.setProperty("role", "title")
        words = QLabel(
            self.tr(
                "What is added to the times of each camera when photos are sorted by capture time, in hours, "
                "minutes and seconds: +1:00:00 for a clock that was an hour late. Files are not changed."
            )
            if bodies
            else self.tr("No camera is known yet: they are as soon as photos are judged.")
        )
        words.setWordWrap(True)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, (body, count) in enumerate(sorted(bodies.items())):
            name = self.tr("Unknown camera") if body == NO_NAME else body
            photos = self.tr("1 photo") if count == 1 else self.tr("{n} photos").format(n=number(count))
            label, field = QLabel(name), QLineEdit(offset_text(self._clocks.seconds.get(body, 0)))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            field.setAccessibleName(self.tr("Offset of {camera}").format(camera=name))
            field.setToolTip(self.tr("For example +1:00:00, -0:02:30 or +2 d 0:00:00"))
            field.setFixedWidth(128)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.textChanged.connect(self._follow)
            quiet = QLabel(photos)
            quiet.setProperty("role", "quiet")
            for column, widget in enumerate((label, quiet, field)):
                grid.addWidget(widget, row, column)
            self.fields[body] = field
        grid.setRowStretch(len(bodies), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setVisible(bool(bodies))
        self.problem.setProperty("role", "warning")
        self.problem.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in (heading, words, scroll, self.problem, self.buttons):
            layout.addWidget(part)

    @Slot()
    def _follow(self) -> None:
        wrong = next((field.text() for field in self.fields.values() if _senseless(field)), None)
        text = self.tr("{text} is no offset; write it as +1:00:00, -0:02:30 or +2 d 0:00:00.")
        self.problem.setText("" if wrong is None else text.format(text=wrong))
        self.problem.setVisible(wrong is not None)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(wrong is None)


def _senseless(field: QLineEdit) -> bool:
    return offset_seconds(field.text()) is None
