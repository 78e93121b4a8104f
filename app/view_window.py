"""The views of the window: grid, loupe, compare, their sizes, and the actions that show which one is up."""

from PySide6.QtCore import Qt, Slot

from app.action_table import ACTIONS
from app.key_sheet import key_sheet
from app.settings_dialog import SettingsDialog
from app.window_frame import WindowFrame

_SIDE_STEP = 32


class ViewWindow(WindowFrame):
    """Switches between the views; opens and judges nothing."""

    @Slot()
    def show_grid(self) -> None:
        """Shows all photos."""
        if len(self.photos.shoot):
            self.area.show_grid()
            self.follow_view()

    @Slot()
    def show_loupe(self) -> None:
        """Shows the current photo, large."""
        if len(self.photos.shoot):
            self.area.show_loupe()
            self.follow_view()
            self.display.show_current()

    @Slot()
    def show_compare(self) -> None:
        """Shows two photos side by side."""
        chosen = [index.row() for index in self.grid.selectionModel().selectedIndexes()]
        if self.area.view is not self.area.compare and not self.comparing.begin(
            self.shown.paths(sorted(chosen))
        ):
            self.status.say(self.tr("Comparing needs two photos"))
        self.follow_view()

    @Slot()
    def show_keys(self) -> None:
        """Shows all keys."""
        self.keys = key_sheet(self, self.actions_by_id)
        self.keys.open()

    @Slot()
    def show_settings(self) -> None:
        """Shows all settings."""
        self.settings_dialog = SettingsDialog(self.settings, self.cache, self._icon, self)
        self.settings_dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.settings_dialog.open()

    @Slot()
    def switch_view(self) -> None:
        """Goes from grid to loupe and back."""
        if self.area.view is self.grid:
            self.show_loupe()
        else:
            self.show_grid()

    @Slot(bool)
    def switch_whole_pixels(self, whole: bool) -> None:
        """Shows the photo at 100 % or fitted; from the grid it opens the loupe."""
        if self.area.view in (self.area.compare, self.area.desk):
            large = self.area.compare if self.area.view is self.area.compare else self.area.desk
            large.set_whole_pixels(whole)
            return
        if self.area.view is not self.loupe:
            self.show_loupe()
        self.loupe.set_whole_pixels(whole)

    @Slot(bool)
    def switch_compare_badges(self, shown: bool) -> None:
        """Shows the advice while comparing, or hides it again."""
        self.comparing.show_badges(shown)
        self.follow_view()

    @Slot(bool)
    def switch_clipping(self, shown: bool) -> None:
        """Marks lost highlights and shadows in the loupe, or no longer."""
        self.loupe.view.set_clipping(shown)
        self.area.desk.view.set_clipping(shown)
        self.editing.panel.histogram.set_clipping(shown)
        if shown and self.area.view not in (self.loupe, self.area.desk):
            self.show_loupe()

    @Slot()
    def make_larger(self) -> None:
        """Makes thumbnails larger."""
        self.set_side(self.grid.side + _SIDE_STEP)

    @Slot()
    def make_smaller(self) -> None:
        """Makes thumbnails smaller."""
        self.set_side(self.grid.side - _SIDE_STEP)

    def follow_view(self) -> None:
        """Lets the actions show which view is up."""
        has_shoot = len(self.photos.shoot) > 0
        for row in ACTIONS:
            if row.needs_shoot and row.menu != "judging":
                self.actions_by_id[row.id].setEnabled(has_shoot)
        self.actions_by_id["grid"].setChecked(self.area.view is self.grid)
        self.actions_by_id["loupe"].setChecked(self.area.view is self.loupe)
        self.actions_by_id["compare"].setChecked(self.area.view is self.area.compare)
        self.sharpness.follow()
        # Comparing shall not be led by advice, unless it is asked for.
        comparing = self.area.view is self.area.compare
        self.scores.setVisible(not comparing or self.area.compare.badges_shown)
        self.actions_by_id["compare_badges"].setEnabled(comparing)
        if self.area.view is not self.loupe:
            self.loupe.set_whole_pixels(False)
        if self.area.view is not self.area.compare:
            self.area.compare.set_whole_pixels(False)
        if self.area.view is not self.area.desk:
            self.area.desk.set_whole_pixels(False)
        self.editing.follow_view()

    @Slot(int)
    def set_side(self, side: int) -> None:
        """Sets the side of thumbnails, in device-independent pixels."""
        self.grid.set_side(side)
        self.status.show_side(self.grid.side)
        self.settings.thumbnail_side = self.grid.side
