"""Two photos side by side with linked zoom and pan; one is in focus, badges are shown on demand only."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.large_view import LargeView
from app.loupe import Loupe
from app.photo_line import PhotoLine

_BYTES = 128 * 1024 * 1024


class ComparePane(QFrame):
    """One of the two photos with its line of marks."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        # A page with words inside would else make the whole window wide.
        self.setMinimumSize(160, 160)
        self.loupe, self.line = Loupe(byte_limit=_BYTES), PhotoLine()
        self.loupe.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(0)
        layout.addWidget(self.loupe, 1)
        layout.addWidget(self.line)
        self.loupe.view.pressed.connect(self.chosen)

    @property
    def path(self) -> Path | None:
        """The photo it shows."""
        return self.loupe.path

    def set_active(self, active: bool) -> None:
        """Frames the pane that the keys mean."""
        self.setProperty("active", active)
        self.style().unpolish(self)
        self.style().polish(self)


class Compare(LargeView):
    """Arrows change the photo in focus, Tab changes the side, Space or Z is 100 % in both."""

    switched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Two photos side by side"))
        self.panes = (ComparePane(), ComparePane())
        self._active = 0
        self.badges_shown = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.setSpacing(8)
        for pane in self.panes:
            layout.addWidget(pane, 1)
        left, right = (pane.loupe.view for pane in self.panes)
        left.centre_changed.connect(right.set_centre)
        right.centre_changed.connect(left.set_centre)
        self.panes[0].chosen.connect(self._left_chosen)
        self.panes[1].chosen.connect(self._right_chosen)
        self.set_active(0)

    @property
    def active(self) -> ComparePane:
        """The pane that the keys mean."""
        return self.panes[self._active]

    @property
    def other(self) -> ComparePane:
        """The pane beside it."""
        return self.panes[1 - self._active]

    def set_active(self, side: int) -> None:
        """Puts one side into focus: 0 left, 1 right."""
        self._active = side
        for number, pane in enumerate(self.panes):
            pane.set_active(number == side)

    def show_photo(
        self, side: int, path: Path, thumbnail: QImage | None, full_size: tuple[int, int] | None
    ) -> None:
        """Shows a photo at one side."""
        if self.panes[side].path != path:
            self.panes[side].loupe.show_photo(path, thumbnail, full_size)

    def set_whole_pixels(self, whole: bool) -> None:
        """Switches both between fitted and 100 %."""
        changed = self.panes[0].loupe.view.whole_pixels != whole
        for pane in self.panes:
            pane.loupe.set_whole_pixels(whole)
            pane.loupe.view.set_centre(QPointF(0.5, 0.5))
        if changed:
            self.whole_pixels_changed.emit(whole)

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme."""
        for pane in self.panes:
            pane.loupe.set_icons(icon)

    def show_nothing(self) -> None:
        """Forgets both photos, for another shoot."""
        for pane in self.panes:
            pane.loupe.show_nothing()

    def close_services(self) -> None:
        """Stops the threads."""
        for pane in self.panes:
            pane.loupe.close_service()

    def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab changes the side instead of leaving."""
        self._switch()
        return True

    def _switch(self) -> None:
        self.set_active(1 - self._active)
        self.switched.emit()

    @Slot()
    def _left_chosen(self) -> None:
        self._choose(0)

    @Slot()
    def _right_chosen(self) -> None:
        self._choose(1)

    def _choose(self, side: int) -> None:
        if side != self._active:
            self._switch()
