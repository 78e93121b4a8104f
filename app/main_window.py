"""The window: puts views, panels, actions and the session together; paints and decodes nothing itself."""

import logging
import os
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QFileDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.actions import ACTIONS, build_actions
from app.dropped_folder import dropped_folder
from app.icons import icon, program_icon
from app.menus import fill_menus, make_toolbar
from app.photo_area import PhotoArea
from app.photo_list_model import PhotoListModel
from app.settings import Settings
from app.shoot import Shoot
from app.shoot_display import ShootDisplay
from app.shoot_session import ShootSession
from app.status_line import StatusLine
from app.theme import apply_theme, load_theme
from app.thumbnail_store import ThumbnailStore
from app.version import version
from quality.panel.photo_scores import PhotoScores
from quality.panel.quality_panel import QualityPanel

_log = logging.getLogger(__name__)

_SIDE_STEP = 32
_MOST_WORKERS = 8


class MainWindow(QMainWindow):
    """One window, one shoot, one photo in focus."""

    def __init__(self, settings: Settings, cache_folder: Path) -> None:
        """Builds the window and starts opening the model.

        Args:
            settings: What to remember.
            cache_folder: Where scores and thumbnails are kept.
        """
        super().__init__()
        self._settings = settings
        self._theme = load_theme(settings.theme)
        self._wanted_photo: Path | None = None
        self.photos = PhotoListModel(self)
        self.thumbnails = ThumbnailStore(settings.thumbnail_bytes)
        workers = min(_MOST_WORKERS, os.cpu_count() or 1)
        self.session = ShootSession(self.photos, self.thumbnails, cache_folder, workers, self)
        self.area = PhotoArea(self.thumbnails)
        self.grid, self.loupe = self.area.grid, self.area.loupe
        self.grid.setModel(self.photos)
        self.actions_by_id = build_actions(self)
        self.panel = QualityPanel(self._icon)
        self.scores = PhotoScores()
        self.status = StatusLine(self.actions_by_id)
        self._display = ShootDisplay(
            self.session,
            self.photos,
            self.thumbnails,
            self.area,
            self.panel,
            self.scores,
            self.status,
            self.actions_by_id,
            settings,
            self,
        )
        self._recent = QMenu(self.tr("Open &recent"), self)
        self._build()
        self._connect()
        self._dress()
        self._restore()
        self.session.open_model()

    @property
    def settled(self) -> bool:
        """Whether nothing more is to come: model, scores and visible thumbnails are there."""
        visible = self.grid.visible_rows() if self.area.view is self.grid else range(0)
        shoot = self.photos.shoot
        return (
            self._display.model_answered
            and (not self.session.has_model or self.session.finished)
            and all(shoot.photos[row] in self.thumbnails or row in shoot.faults for row in visible)
            and not self.grid.fade.running
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
        recent = self._settings.recent_folders
        start = str(recent[0].parent if recent else Path.home())
        folder = QFileDialog.getExistingDirectory(self, self.tr("Open a shoot"), start)
        if folder:
            self.open_path(Path(folder))

    @Slot()
    def show_grid(self) -> None:
        """Shows all photos."""
        if len(self.photos.shoot):
            self.area.show_grid()
            self._follow_view()

    @Slot()
    def show_loupe(self) -> None:
        """Shows the current photo, large."""
        if len(self.photos.shoot):
            self.area.show_loupe()
            self._follow_view()
            self._display.show_current()

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
        if self.area.view is not self.loupe:
            self.show_loupe()
        self.loupe.set_whole_pixels(whole)

    @Slot()
    def make_larger(self) -> None:
        """Makes thumbnails larger."""
        self._set_side(self.grid.side + _SIDE_STEP)

    @Slot()
    def make_smaller(self) -> None:
        """Makes thumbnails smaller."""
        self._set_side(self.grid.side - _SIDE_STEP)

    @Slot(bool)
    def switch_panel(self, shown: bool) -> None:
        """Shows or folds the quality panel."""
        self._dock.setVisible(shown)

    @Slot(bool)
    def switch_theme(self, light: bool) -> None:
        """Changes between dark and light surroundings."""
        self._settings.theme = "light" if light else "dark"
        self._theme = load_theme(self._settings.theme)
        self._dress()

    @Slot(bool)
    def switch_pause(self, paused: bool) -> None:
        """Pauses judging or goes on."""
        self.session.set_paused(paused)

    @Slot()
    def stop_judging(self) -> None:
        """Stops judging; what is judged stays."""
        self.session.stop()

    @Slot()
    def judge_rest(self) -> None:
        """Judges what has no score yet."""
        self.session.judge_rest()

    @Slot()
    def show_next_fault(self) -> None:
        """Goes to the next photo that cannot be read."""
        rows = sorted(self.photos.shoot.faults)
        if rows:
            here = self.grid.currentIndex().row()
            self._go_to(next((row for row in rows if row > here), rows[0]))

    @Slot()
    def show_about(self) -> None:
        """Says which version this is and which model judges."""
        model = self._display.model
        judge = (
            self.tr("No model: photos are not judged.")
            if model is None
            else self.tr("Model {name} {version}, running on {device}.").format(
                name=model.contract.name, version=model.contract.version, device=model.device
            )
        )
        text = self.tr("Framesift {version}\n\n{judge}\nEverything runs on this computer.")
        QMessageBox.about(self, self.tr("About Framesift"), text.format(version=version(), judge=judge))

    # What Qt says.

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Saves the settings and joins every thread."""
        self._settings.geometry = self.saveGeometry()
        self._settings.docks = self.saveState()
        self._settings.save()
        self.grid.fade.clear()
        self.loupe.close_service()
        self.session.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Takes folders and photos."""
        if dropped_folder(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.area.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """The folder was carried away again."""
        self.area.set_hot(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Opens what was dropped."""
        self.area.set_hot(False)
        path = dropped_folder(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    # How it is put together.

    def _build(self) -> None:
        self.setWindowTitle("Framesift")
        self.setWindowIcon(program_icon())
        self.setAcceptDrops(True)
        self.setCentralWidget(self.area)
        self.toolbar = make_toolbar(self, self.actions_by_id, self.tr("Toolbar"))
        fill_menus(self, self.actions_by_id, self._recent)
        inside = QWidget()
        inside.setObjectName("panel")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.panel)
        layout.addWidget(self.scores)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(296)
        scroll.setWidget(inside)
        self._dock = QDockWidget(self.tr("Quality"), self)
        self._dock.setObjectName("quality")
        self._dock.setTitleBarWidget(QWidget())
        self._dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._dock.setWidget(scroll)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self.status, 1)

    def _connect(self) -> None:
        self.area.open_asked.connect(self.ask_for_folder)
        self.grid.activated.connect(self._activated)
        self.grid.side_wanted.connect(self._set_side)
        self.status.side_wanted.connect(self._set_side)
        self.loupe.closed.connect(self.show_grid)
        self.loupe.stepped.connect(self._step)
        self.loupe.whole_pixels_changed.connect(self.actions_by_id["whole_pixels"].setChecked)
        self.session.folder_opened.connect(self._folder_opened)
        self.session.folder_failed.connect(self._folder_failed)
        self._dock.visibilityChanged.connect(self.actions_by_id["panel"].setChecked)
        self._recent.aboutToShow.connect(self._fill_recent)
        self._recent.triggered.connect(self._recent_chosen)

    def _restore(self) -> None:
        """Brings back what was remembered."""
        self.resize(1280, 832)
        if not self._settings.geometry.isEmpty():
            self.restoreGeometry(self._settings.geometry)
        if not self._settings.docks.isEmpty():
            self.restoreState(self._settings.docks)
        self._set_side(self._settings.thumbnail_side)
        self.actions_by_id["light"].setChecked(self._theme.name == "light")
        self.actions_by_id["panel"].setChecked(not self._dock.isHidden())

    def _dress(self) -> None:
        """Applies colours and icons of the theme."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self._theme)
        for row in ACTIONS:
            if row.icon:
                self.actions_by_id[row.id].setIcon(self._icon(row.icon))
        self.panel.set_icons(self._icon)
        warning = icon("warning", self._theme.color("warning"))
        self.area.set_icons(self._icon, warning, self._quiet_icon)

    def _icon(self, name: str) -> QIcon:
        return icon(name, self._theme.color("text"))

    def _quiet_icon(self, name: str) -> QIcon:
        return icon(name, self._theme.color("quiet"))

    def _follow_view(self) -> None:
        """Lets the actions show which view is up."""
        has_shoot = len(self.photos.shoot) > 0
        for name in ("grid", "loupe", "whole_pixels"):
            self.actions_by_id[name].setEnabled(has_shoot)
        self.actions_by_id["grid"].setChecked(self.area.view is self.grid)
        self.actions_by_id["loupe"].setChecked(self.area.view is self.loupe)
        if self.area.view is not self.loupe:
            self.loupe.set_whole_pixels(False)

    def _go_to(self, row: int) -> None:
        index = self.photos.index(row, 0)
        self.grid.setCurrentIndex(index)
        self.grid.scrollTo(index)

    @Slot(int)
    def _set_side(self, side: int) -> None:
        self.grid.set_side(side)
        self.status.show_side(self.grid.side)
        self._settings.thumbnail_side = self.grid.side

    @Slot(int)
    def _step(self, by: int) -> None:
        row = self.grid.currentIndex().row() + by
        if 0 <= row < len(self.photos.shoot):
            self._go_to(row)

    @Slot(QModelIndex)
    def _activated(self, _index: QModelIndex) -> None:
        self.show_loupe()

    @Slot(object)
    def _folder_opened(self, shoot: Shoot) -> None:
        name = shoot.folder.name or str(shoot.folder)
        self.setWindowTitle(self.tr("{name} — Framesift").format(name=name))
        wanted, self._wanted_photo = self._wanted_photo, None
        row = shoot.row_of(wanted) if wanted is not None else None
        if len(shoot):
            self._go_to(row or 0)
        self._follow_view()

    @Slot(object, str)
    def _folder_failed(self, _folder: Path, _reason: str) -> None:
        self._wanted_photo = None
        self._follow_view()

    @Slot()
    def _fill_recent(self) -> None:
        self._recent.clear()
        for folder in self._settings.recent_folders:
            action = QAction(str(folder), self._recent)
            action.setData(str(folder))
            self._recent.addAction(action)
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("No folder yet")).setEnabled(False)

    @Slot(QAction)
    def _recent_chosen(self, action: QAction) -> None:
        if action.data():
            self.open_path(Path(action.data()))
