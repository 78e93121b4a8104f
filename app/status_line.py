"""The line at the bottom: how far judging is, what was done and saved, unreadable photos, device, size."""

from pathlib import Path

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from app.judging_progress import ProgressFigures
from app.numbers import number
from app.settings import THUMBNAIL_SIDES

_HEIGHT = 36
_SAID_MS = 8000


class StatusLine(QWidget):
    """Shows figures given to it; its buttons are actions of the window."""

    side_wanted = Signal(int)

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        """Builds the line.

        Args:
            actions: The window's actions by id.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self._text = QLabel()
        self._said = QLabel()
        self._said.setProperty("role", "number")
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._said_timer = QTimer(self)
        self._said_timer.setSingleShot(True)
        self._said_timer.timeout.connect(self._said.clear)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(self.tr("Photos judged"))
        self._pause = _button(actions["pause"])
        self._stop = _button(actions["stop"])
        self._again = _button(actions["again"])
        self._faults = QToolButton()
        self._faults.setDefaultAction(actions["fault_list"])
        self._fault_count = 0
        actions["fault_list"].changed.connect(self._count_faults)
        self._faults.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._saved = QLabel()
        self._saved.setProperty("role", "quiet")
        self._publishing = QLabel()
        self._publishing.setProperty("role", "warning")
        self._publishing.hide()
        self._device = QLabel()
        self._device.setProperty("role", "quiet")
        self._side = QSlider(Qt.Orientation.Horizontal)
        self._side.setRange(*THUMBNAIL_SIDES)
        self._side.setSingleStep(8)
        self._side.setPageStep(32)
        self._side.setFixedWidth(120)
        self._side.setAccessibleName(self.tr("Thumbnail size"))
        self._side.setToolTip(self.tr("Thumbnail size (Ctrl+wheel)"))
        self._side.valueChanged.connect(self._side_moved)
        self._build()
        self.show_faults(0)
        self.show_text("")

    @property
    def text(self) -> str:
        """What it says about judging."""
        return self._text.text()

    @property
    def faults_text(self) -> str:
        """What it says about unreadable photos, empty when there are none."""
        return "" if self._faults.isHidden() else self._faults.text()

    @property
    def said(self) -> str:
        """What it says was done last, empty a while later."""
        return self._said.text()

    @Slot(str)
    def say(self, text: str) -> None:
        """Says what was just done, for a few seconds."""
        self._said.setText(text)
        self._said.setToolTip(text)
        self._said_timer.start(_SAID_MS)

    def show_text(self, text: str) -> None:
        """Shows a text without figures."""
        self._text.setText(text)
        for widget in (self._bar, self._pause, self._stop, self._again):
            widget.hide()

    def show_progress(self, figures: ProgressFigures, *, paused: bool, stopped: bool) -> None:
        """Shows how far judging is.

        Args:
            figures: Counts, rate, time left.
            paused: Whether the user paused it.
            stopped: Whether the user stopped it.
        """
        finished = figures.settled >= figures.total
        self._text.setText(self._words(figures, paused=paused, stopped=stopped))
        # Left alone, the bar would paint itself, and the window with it, before this returns.
        self._bar.setUpdatesEnabled(False)
        self._bar.setRange(0, max(1, figures.total))
        self._bar.setValue(figures.settled)
        self._bar.setUpdatesEnabled(True)
        self._bar.setVisible(not finished)
        self._pause.setVisible(not (finished or stopped))
        self._stop.setVisible(not (finished or stopped))
        self._again.setVisible(stopped and not finished)

    def show_faults(self, count: int) -> None:
        """Shows how many photos cannot be read."""
        self._fault_count = count
        self._count_faults()
        self._faults.setVisible(count > 0)

    @Slot()
    def _count_faults(self) -> None:
        """Says the count again: the button takes its action's text whenever that changes, even its icon."""
        count = self._fault_count
        self._faults.setText(
            self.tr("1 unreadable") if count == 1 else self.tr("{n} unreadable").format(n=count)
        )

    @property
    def saved_text(self) -> str:
        """What it says about saving marks."""
        return self._saved.text()

    def show_saved(self, unsaved: int, problem: str, elsewhere: Path | None = None) -> None:
        """Shows how many marked photos are not on the disk yet, and why.

        Args:
            unsaved: Photos.
            problem: Why, empty while nothing is wrong.
            elsewhere: Where the marks lie, because the shoot cannot be written; None for the shoot itself.
        """
        saved, safe = self.tr("saved"), self.tr("Every mark is on the disk")
        if elsewhere is not None:
            saved = self.tr("saved, folder is read-only")
            safe = self.tr("Nothing can be written into this folder; its marks are kept in {folder}")
            safe = safe.format(folder=elsewhere)
        self._saved.setText(self.tr("unsaved {n}").format(n=number(unsaved)) if unsaved else saved)
        self._saved.setToolTip(problem or safe)
        role = "warning" if unsaved and problem else "quiet"
        if self._saved.property("role") != role:
            self._saved.setProperty("role", role)
            self._saved.style().polish(self._saved)

    @property
    def publishing_text(self) -> str:
        """What it says about sidecars that could not be written, empty when all is well."""
        return "" if self._publishing.isHidden() else self._publishing.text()

    def show_publishing(self, waiting: int, problem: str) -> None:
        """Shows how many sidecars could not be written yet, and why; nothing while there is no problem."""
        self._publishing.setText(self.tr("XMP: {n} not written").format(n=number(waiting)))
        words = self.tr("{problem} It is tried again.").format(problem=problem)
        self._publishing.setToolTip(words)
        self._publishing.setAccessibleDescription(words)
        self._publishing.setVisible(bool(problem))

    def show_device(self, text: str) -> None:
        """Shows where the model runs."""
        self._device.setText(text)

    def show_side(self, side: int) -> None:
        """Moves the size slider without announcing it."""
        with QSignalBlocker(self._side):
            self._side.setValue(side)

    def _build(self) -> None:
        # A line that grew or shrank with its buttons would move every photo.
        self.setFixedHeight(_HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 2, 16, 2)
        layout.setSpacing(8)
        layout.addWidget(self._bar)
        layout.addWidget(self._text)
        for button in (self._pause, self._stop, self._again):
            layout.addWidget(button)
        layout.addSpacing(8)
        layout.addWidget(self._said, 1)
        layout.addWidget(self._faults)
        layout.addWidget(self._publishing)
        layout.addWidget(self._saved)
        layout.addWidget(self._device)
        layout.addSpacing(8)
        layout.addWidget(self._side)

    def _words(self, figures: ProgressFigures, *, paused: bool, stopped: bool) -> str:
        count = self.tr("{done} of {total} judged")
        parts = [count.format(done=number(figures.judged), total=number(figures.total))]
        if figures.settled >= figures.total:
            return parts[0]
        if stopped:
            parts.append(self.tr("stopped"))
        elif paused:
            parts.append(self.tr("paused"))
        elif figures.rate is not None and figures.seconds_left is not None:
            rate = f"{figures.rate:.0f}" if figures.rate >= 9.5 else QLocale().toString(figures.rate, "f", 1)
            parts.append(self.tr("{rate}/s").format(rate=rate))
            parts.append(self.tr("{time} left").format(time=self._duration(figures.seconds_left)))
        return ", ".join(parts)

    def _duration(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("{s} s").format(s=max(1, round(seconds)))
        if seconds < 3600:
            return self.tr("{m} min").format(m=round(seconds / 60))
        return self.tr("{h} h").format(h=round(seconds / 3600))

    @Slot(int)
    def _side_moved(self, side: int) -> None:
        self.side_wanted.emit(side)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "small")
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(action.text().replace("&", ""))
    return button
