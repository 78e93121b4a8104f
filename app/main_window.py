"""The window: what each action does, and how views, panels and session hang together; paints nothing."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QFileDialog

from app.clock_dialog import ClockDialog
from app.photo_filter import SortKey
from app.questions import ask_to_lose, show_about
from app.screen_room import first_size
from app.settings import Settings
from app.shoot import Shoot
from app.undo_actions import StepNames
from app.view_window import ViewWindow
from editor.core.clock_offsets import body_of


class MainWindow(ViewWindow):
    """One window, one shoot, one photo in focus."""

    def __init__(self, settings: Settings, cache_folder: Path) -> None:
        """Builds the window and starts opening the model.

        Args:
            settings: What to remember.
            cache_folder: Where scores and thumbnails are kept.
        """
        super().__init__(settings, cache_folder)
        self._wanted_photo: Path | None = None
        self._connect()
        self._restore()
        self.session.open_model()

    @property
    def settled(self) -> bool:
        """Whether nothing more is to come: model, scores and visible thumbnails are there."""
        visible = self.grid.visible_rows() if self.area.view is self.grid else range(0)
        shoot = self.photos.shoot
        return (
            self.display.model_answered
            and (self.keeping.loaded or not len(self.photos.shoot))
            and (not self.session.judging.has_model or self.session.judging.finished)
            and all(
                self.shown.path(place) in self.thumbnails or self.shown.row(place) in shoot.faults
                for place in visible
            )
            and not self.grid.fade.running
            and self.monitor.settled
        )

    def open_path(self, path: Path) -> None:
        """Opens a folder; for a file, its folder with that photo chosen."""
        path = path.absolute()
        if path.is_file():
            self._wanted_photo, path = path, path.parent
        self.status.show_text(self.tr("Opening {name} …").format(name=path.name or path))
        self.session.open_folder(path)

    # What the user can do: the slots of the actions table.

    @Slot()
    def ask_for_folder(self) -> None:
        """Asks for a folder to open."""
        recent = self.settings.recent_folders
        start = str(recent[0].parent if recent else Path.home())
        folder = QFileDialog.getExistingDirectory(self, self.tr("Open a shoot"), start)
        if folder:
            self.open_path(Path(folder))

    @Slot(bool)
    def switch_panel(self, shown: bool) -> None:
        """Shows or folds the quality panel."""
        self._dock.setVisible(shown)

    @Slot(bool)
    def switch_theme(self, light: bool) -> None:
        """Changes between dark and light surroundings."""
        self.settings.theme = "light" if light else "dark"

    @Slot(bool)
    def switch_pause(self, paused: bool) -> None:
        """Pauses judging or goes on."""
        self.session.judging.set_paused(paused)

    @Slot()
    def stop_judging(self) -> None:
        """Stops judging; what is judged stays."""
        self.session.judging.stop()

    @Slot()
    def judge_rest(self) -> None:
        """Judges what has no score yet."""
        self.session.judging.judge_rest()

    @Slot()
    def show_about(self) -> None:
        """Says which version this is and which model judges."""
        show_about(self, self.display.model)

    @Slot()
    def ask_for_clocks(self) -> None:
        """Asks by how much the cameras' clocks were wrong."""
        bodies = Counter(body_of(metadata) for metadata in self.photos.shoot.metadata.values())
        self.clock_dialog = ClockDialog(bodies, self.clocks.clocks, self)
        self.clock_dialog.accepted.connect(self._clocks_chosen)
        self.clock_dialog.open()

    def may_lose(self, unsaved: int, problem: str) -> bool:
        """Asks whether to close although marks are not saved."""
        return ask_to_lose(self, unsaved, problem)

    # How it is put together.

    def _connect(self) -> None:
        self.area.open_asked.connect(self.ask_for_folder)
        self.starting.open_wanted.connect(self.open_path)
        self.monitor.warned.connect(self.area.banner.say)
        self.area.line.clear_asked.connect(self.browsing.clear_filter)
        self.area.filtered.chosen.connect(self.browsing.clear_filter)
        self.area.filters.filter_chosen.connect(self.browsing.set_filter)
        self.area.filters.order_chosen.connect(self._set_order)
        self.browsing.changed.connect(self.display.follow_browsing)
        self.marking.changed.connect(self.browsing.follow_marks)
        self.sharpness.loupe_wanted.connect(self.show_loupe)
        self.session.judging.judged.connect(self.browsing.follow_advice)
        self.session.judging.faults_found.connect(self.browsing.follow_advice)
        self.panel.changed.connect(self.browsing.follow_advice)
        self.keeping.service.loaded.connect(self.publishing.read)
        self.keeping.service.loaded.connect(self.browsing.refresh)
        self.keeping.service.loaded.connect(self.reading.end)
        self.publishing.marks_taken.connect(self.browsing.refresh)
        self.session.folder_opened.connect(self.publishing.leave)
        self.marking.changed.connect(self.publishing.auto.note)
        self.editing.recipes.changed.connect(self.publishing.auto.note_edits)
        self.publishing.auto.progressed.connect(self._show_publishing)
        self.publishing.said.connect(self.status.say)
        self.publishing.warned.connect(self.area.banner.say)
        self.grid.selectionModel().currentChanged.connect(self.area.strip.follow)
        self.grid.activated.connect(self._activated)
        self.grid.side_wanted.connect(self.set_side)
        self.status.side_wanted.connect(self.set_side)
        self.loupe.closed.connect(self.show_grid)
        self.area.compare.closed.connect(self.show_grid)
        self.area.compare.whole_pixels_changed.connect(self.actions_by_id["whole_pixels"].setChecked)
        self.loupe.stepped.connect(self.browsing.step)
        self.loupe.whole_pixels_changed.connect(self.actions_by_id["whole_pixels"].setChecked)
        self.session.folder_opened.connect(self._folder_opened)
        self.session.folder_failed.connect(self._folder_failed)
        self._dock.visibilityChanged.connect(self.actions_by_id["panel"].setChecked)
        self.marking.said.connect(self.status.say)
        self.culling.next_wanted.connect(self.browsing.step)
        self.culling.touched.connect(self.browsing.show_touched)
        self.browsing.said.connect(self.status.say)
        self.display.feed.photo_wanted.connect(self.browsing.go_to_photo)
        self.editing.said.connect(self.status.say)
        self.exporting.said.connect(self.status.say)
        self.exporting.warned.connect(self.area.banner.say)
        self.editing.warned.connect(self.area.banner.say)
        self.editing.view_changed.connect(self.follow_view)
        self.editing.badges_changed.connect(self._badges_changed)
        self.panel.changed.connect(self.editing.show_scores)
        self.area.desk.closed.connect(self.show_grid)
        self.area.desk.stepped.connect(self.browsing.step)
        self.area.desk.whole_pixels_changed.connect(self.actions_by_id["whole_pixels"].setChecked)
        self.editing.keeping.loaded.connect(self.takeover.look)
        self.takeover.said.connect(self.status.say)
        self.faults.said.connect(self.status.say)
        self.faults.readable.connect(self.display.show_current)
        self.rejects.said.connect(self.status.say)
        self.rejects.warned.connect(self.area.banner.say)
        self.rejects.reopen_wanted.connect(self.reading.read_folder)
        self.copying.said.connect(self.status.say)
        self.copying.warned.connect(self.area.banner.say)
        self.copying.reopen_wanted.connect(self.reading.read_folder)
        self.reading.loupe_wanted.connect(self.show_loupe)
        self.clocks.changed.connect(self._clocks_changed)
        StepNames(self.marking.stack, self.actions_by_id, self)
        self._recent.chosen.connect(self.open_path)

    def _restore(self) -> None:
        """Brings back what was remembered."""
        self.resize(first_size(self.frameGeometry().center()))
        if not self.settings.geometry.isEmpty():
            self.restoreGeometry(self.settings.geometry)
        if not self.settings.docks.isEmpty():
            self.restoreState(self.settings.docks)
        self.set_side(self.settings.thumbnail_side)
        sort, reverse = self.settings.order
        self.area.filters.set_order(SortKey(sort), reverse=reverse)
        self.browsing.set_order(SortKey(sort), reverse=reverse)
        self.actions_by_id["auto_advance"].setChecked(self.settings.auto_advance)
        self.actions_by_id["light"].setChecked(self._theme.name == "light")
        self.actions_by_id["panel"].setChecked(not self._dock.isHidden())

    @Slot()
    def _show_publishing(self) -> None:
        self.status.show_publishing(self.publishing.auto.waiting, self.publishing.auto.problem)

    @Slot(str, bool)
    def _set_order(self, sort: str, reverse: bool) -> None:
        self.settings.order = (sort, reverse)
        self.browsing.set_order(SortKey(sort), reverse=reverse)

    @Slot()
    def _badges_changed(self) -> None:
        """Edited photos are judged: counts, filter and panel follow."""
        self.display.show_edited()
        self.browsing.follow_advice()

    @Slot(QModelIndex)
    def _activated(self, _index: QModelIndex) -> None:
        self.show_loupe()

    @Slot(object)
    def _folder_opened(self, shoot: Shoot) -> None:
        name = shoot.folder.name or str(shoot.folder)
        self.setWindowTitle(self.tr("{name} — Framesift").format(name=name))
        if self.area.banner.text == self.session.outside.said:
            self.area.banner.hide()
        kept = self.reading.knows(shoot)
        if not kept:
            self.marking.begin()
            self.rejects.look_for_unfinished(shoot.folder)
        wanted, self._wanted_photo = self._wanted_photo, None
        self.browsing.begin(keep_filter=kept)
        if kept:
            self.reading.restore()
        elif self.shown.rowCount():
            self.browsing.go_to((self.shown.place_of(wanted) if wanted is not None else None) or 0)
        self.follow_view()

    @Slot()
    def _clocks_chosen(self) -> None:
        self.clocks.set_clocks(self.clock_dialog.chosen)
        self.status.say(self.tr("Camera clocks set; photos sort by capture time with them"))

    @Slot()
    def _clocks_changed(self) -> None:
        self.browsing.set_clocks(self.clocks.clocks)

    @Slot(object, str)
    def _folder_failed(self, _folder: Path, _reason: str) -> None:
        self._wanted_photo = None
        self.reading.give_up()
        self.follow_view()
