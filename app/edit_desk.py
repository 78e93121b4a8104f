"""The view of the editor: the edited picture or the crop overlay, presets and history at its left."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.history_list import HistoryList
from app.large_view import LargeView
from app.pages import MessagePage
from app.preset_list import PresetList
from editor.panel.crop_overlay import CropOverlay
from editor.panel.edit_view import EditView

_COLUMN_WIDTH = 208

_BETWEEN = 10
"""Space between the presets and the history, in device-independent pixels."""

_LEAST_VIEW = 200
"""Least width of the picture beside the editor's columns, in device-independent pixels."""


class EditDesk(LargeView):
    """Arrows go to the neighbours, Space or Z is 100 %, Escape goes back to the grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Editor"))
        self.view, self.overlay, self.fault = EditView(), CropOverlay(), MessagePage("broken")
        self.presets, self.history = PresetList(), HistoryList()
        self.column = QWidget()
        self._stack = QStackedWidget()
        # Else the words of an empty page would keep the whole window from getting narrower.
        self._stack.setMinimumWidth(_LEAST_VIEW)
        for page in (self.view, self.overlay, self.fault):
            self._stack.addWidget(page)
        self._build()

    @property
    def cropping(self) -> bool:
        """Whether the crop overlay is on show."""
        return self._stack.currentWidget() is self.overlay

    def show_stand_in(self, thumbnail: QImage | None, full_size: tuple[int, int] | None) -> None:
        """Shows a thumbnail until the picture is rendered."""
        self.view.forget()
        if thumbnail is None:
            self.view.clear()
        else:
            self.view.show_picture(thumbnail, *(full_size or (thumbnail.width(), thumbnail.height())))
        if self._stack.currentWidget() is self.fault:
            self._stack.setCurrentWidget(self.view)

    def show_fault(self, path: Path, reason: str) -> None:
        """The photo cannot be read."""
        lines = self.tr("{reason}\nThe file was left as it is.").format(reason=reason)
        self.fault.set_texts(self.tr("{name} cannot be edited").format(name=path.name), lines, "")
        self._stack.setCurrentWidget(self.fault)

    def set_cropping(self, on: bool) -> None:
        """Shows the crop overlay or the picture."""
        self._stack.setCurrentWidget(self.overlay if on else self.view)
        (self.overlay if on else self).setFocus()

    def set_whole_pixels(self, whole: bool) -> None:
        """Switches between fitted and 100 %."""
        if not self.cropping and whole != self.view.whole_pixels:
            self.view.set_whole_pixels(whole)
            self.whole_pixels_changed.emit(whole)

    def set_icons(self, icon: Callable[[str], QIcon], faded: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme: plain ones, and quiet ones for large marks."""
        self.fault.set_icons(faded)
        self.presets.set_icons(icon)

    def _build(self) -> None:
        self.column.setObjectName("panel")
        self.column.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column.setFixedWidth(_COLUMN_WIDTH)
        heading = QLabel(self.tr("HISTORY"))
        heading.setProperty("role", "heading")
        side = QVBoxLayout(self.column)
        side.setContentsMargins(12, 12, 12, 12)
        side.setSpacing(6)
        side.addWidget(self.presets, 2)
        side.addSpacing(_BETWEEN)
        side.addWidget(heading)
        side.addWidget(self.history, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.column)
        layout.addWidget(self._stack, 1)
