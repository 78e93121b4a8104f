"""The frame of the window: widgets in their places, theme and geometry; no action of the user."""

import os
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QMoveEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from app.action_table import ACTIONS
from app.actions import build_actions
from app.advice_keeping import AdviceKeeping
from app.browsing import Browsing
from app.cache_service import CacheService, CacheTask
from app.clock_keeping import ClockKeeping
from app.comparing import Comparing
from app.culling import Culling
from app.edit_takeover import EditTakeover
from app.editing import Editing
from app.exporting import Exporting
from app.fault_showing import FaultShowing
from app.icons import icon, program_icon
from app.mark_keeping import MarkKeeping
from app.mark_service import MarkService
from app.marking import Marking
from app.menus import fill_menus, make_toolbar
from app.monitor_colors import MonitorColors
from app.photo_area import PhotoArea
from app.photo_list_model import PhotoListModel
from app.pick_copying import PickCopying
from app.publishing import Publishing
from app.quality_column import WIDTH as COLUMN_WIDTH
from app.quality_column import QualityColumn
from app.reading_again import ReadingAgain
from app.recent_menu import RecentMenu
from app.reject_moving import RejectMoving
from app.settings import Settings
from app.settings_effects import SettingsEffects
from app.settings_table import DEVICE, THREADS
from app.sharpness_showing import SharpnessShowing
from app.shoot_display import ShootDisplay
from app.shoot_session import ShootSession
from app.shoot_texts import ShootTexts
from app.shown_photos import ShownPhotos
from app.starting import Starting
from app.status_line import StatusLine
from app.theme import SYSTEM, apply_theme, chosen_theme
from app.thumbnail_store import ThumbnailStore
from app.user_folders import data_folder
from app.window_input import WindowInput
from quality.panel.photo_scores import PhotoScores
from quality.panel.quality_panel import QualityPanel

_MOST_WORKERS = 8
_FLUSH_SECONDS = 5.0


class WindowFrame(WindowInput):
    """Owns every part of the window; the subclass has the slots that the actions table names."""

    def __init__(self, settings: Settings, cache_folder: Path) -> None:
        """Builds the window; nothing is opened yet.

        Args:
            settings: What to remember.
            cache_folder: Where scores and thumbnails are kept.
        """
        super().__init__()
        self.settings = settings
        self._theme = chosen_theme(settings.theme)
        self.photos = PhotoListModel(self)
        self.thumbnails = ThumbnailStore(settings.thumbnail_bytes)
        workers = settings.value(THREADS) or min(_MOST_WORKERS, os.cpu_count() or 1)
        self.session = ShootSession(
            self.photos, self.thumbnails, cache_folder, workers, settings.value(DEVICE), self
        )
        self.cache = CacheService(cache_folder, settings, self)
        self.area = PhotoArea(self.thumbnails)
        self.starting = Starting(self.area, settings, data_folder(), self)
        self.grid, self.loupe = self.area.grid, self.area.loupe
        self.shown = ShownPhotos(self.photos, self)
        self.grid.setModel(self.shown)
        self.area.strip.setModel(self.shown)
        self.area.strip.setSelectionModel(self.grid.selectionModel())
        self.browsing = Browsing(self.photos, self.shown, self.grid, self)
        self.comparing = Comparing(self.photos, self.shown, self.thumbnails, self.area, self.browsing, self)
        self.marking = Marking(self.photos, self)
        self.reading = ReadingAgain(
            self.session, self.photos, self.shown, self.browsing, self.area, self.marking.stack, self
        )
        self.culling = Culling(self.photos, self.area, self.marking, settings, self)
        self.mark_service = MarkService(data_folder(), self)
        self.rejects = RejectMoving(self.photos, self.mark_service, self.marking.stack, settings, self)
        self.texts = ShootTexts(self.session, self.mark_service, self)
        self.clocks = ClockKeeping(self.session, self.texts, self)
        self.copying = PickCopying(
            self.photos,
            self.shown,
            self.mark_service,
            self.clocks,
            self.marking.stack,
            settings,
            self,
        )
        self.publishing = Publishing(self.photos, self.mark_service, settings, self)
        self.editing = Editing(
            self.session,
            self.photos,
            self.shown,
            self.thumbnails,
            self.area,
            self.browsing,
            self.culling,
            self.marking,
            self.mark_service,
            self,
        )
        self.monitor = MonitorColors(settings, self.thumbnails, self.area, self.editing.live, self)
        self.takeover = EditTakeover(self.photos, self.mark_service, self.editing.recipes, self)
        self.exporting = Exporting(self.photos, self.shown, self.culling, settings, self)
        self.sharpness = SharpnessShowing(self.area, self.editing.live, self.session, self)
        self.faults = FaultShowing(self.session, self.photos, self.browsing, self.area, self)
        self.actions_by_id = build_actions(self)
        self.faults.take_actions(self.actions_by_id)
        self.editing.take_actions(self.actions_by_id)
        self.panel = QualityPanel(self._icon)
        self.scores = PhotoScores()
        self.status = StatusLine(self.actions_by_id)
        self.display = ShootDisplay(
            self.session,
            self.photos,
            self.shown,
            self.thumbnails,
            self.area,
            self.panel,
            self.scores,
            self.status,
            self.actions_by_id,
            settings,
            self,
        )
        self.keeping = MarkKeeping(
            self.session, self.photos, self.marking, self.status, self.area.banner, self.mark_service, self
        )
        self.advice_keeping = AdviceKeeping(
            self.session, self.texts, self.marking, self.photos, self.panel, self.display, self
        )
        self._recent = RecentMenu(settings, self)
        self._build()
        self._dress()
        SettingsEffects(
            settings,
            self.actions_by_id,
            self.thumbnails,
            self.follow_theme,
            self.display.apply_start,
            self,
        )
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.follow_theme)
        self.cache.start(CacheTask.TRIM)

    def show_drop(self, *, hot: bool) -> None:
        """Shows in the middle that a folder could be dropped."""
        self.area.set_hot(hot)

    def may_lose(self, unsaved: int, problem: str) -> bool:
        """Asks whether to close although marks are not saved; the subclass knows how."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Takes the colours of the monitor it is shown on."""
        super().showEvent(event)
        self.monitor.follow_place(self.frameGeometry().center())

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802 - Qt's name
        """It may lie on another monitor now."""
        super().moveEvent(event)
        self.monitor.follow_place(self.frameGeometry().center())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Saves all, leaves the screen and joins every thread; asks where marks cannot be saved."""
        self.texts.save_now()
        self.editing.save_now()
        self.publishing.auto.finish()
        unsaved = self.keeping.service.flush(_FLUSH_SECONDS) + self.editing.keeping.unsaved
        problem = self.keeping.service.problem or self.editing.keeping.problem
        if unsaved and not self.may_lose(unsaved, problem):
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.settings.docks = self.saveState()
        self.settings.save()
        self._leave_screen()
        self.starting.close()
        self.copying.close()
        self.keeping.service.close()
        self.marking.begin()
        self.grid.fade.clear()
        self.sharpness.close()
        self.loupe.close_service()
        self.area.compare.close_services()
        self.editing.close()
        self.exporting.close()
        self.session.close()
        self.cache.close()
        self.monitor.close()
        super().closeEvent(event)

    def _leave_screen(self) -> None:
        """Goes before the threads are waited for: a photo that is being decoded may take its seconds."""
        self.hide()
        QGuiApplication.sync()

    def _build(self) -> None:
        self.setWindowTitle("Framesift")
        self.setWindowIcon(program_icon())
        self.setCentralWidget(self.area)
        self.toolbar = make_toolbar(self, self.actions_by_id, self.tr("Toolbar"))
        fill_menus(self, self.actions_by_id, self._recent)
        self._dock = QDockWidget(self.tr("Quality"), self)
        self._dock.setObjectName("quality")
        self._dock.setTitleBarWidget(QWidget())
        self._dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._dock.setWidget(self.editing.beside(QualityColumn(self.panel, self.scores)))
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        self.resizeDocks([self._dock], [COLUMN_WIDTH], Qt.Orientation.Horizontal)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self.status, 1)
        self.keep_keys_with_photos()

    @Slot()
    def follow_theme(self) -> None:
        """Dresses the window anew where the settings, or the system, want another theme."""
        theme = chosen_theme(self.settings.theme)
        if theme.name != self._theme.name:
            self._theme = theme
            self._dress()
        self.actions_by_id["light"].setChecked(theme.name == "light")

    def _dress(self) -> None:
        """Applies colours and icons of the theme."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self._theme, by_system=self.settings.theme == SYSTEM)
        for row in ACTIONS:
            if row.icon:
                self.actions_by_id[row.id].setIcon(self._icon(row.icon))
        self.panel.set_icons(self._icon)
        warning = icon("warning", self._theme.color("warning"))
        self.area.set_icons(self._icon, warning, self._quiet_icon)
        self.editing.dress(self._icon, self._quiet_icon)

    def _icon(self, name: str) -> QIcon:
        return icon(name, self._theme.color("text"))

    def _quiet_icon(self, name: str) -> QIcon:
        return icon(name, self._theme.color("quiet"))
