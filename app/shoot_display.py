"""Brings what the session finds onto the screen, and what the quality panel says into the model."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, Signal, Slot
from PySide6.QtGui import QAction

from app.line_choice import LineChoice
from app.neighbours import Neighbours
from app.numbers import number
from app.panel_feed import PanelFeed
from app.photo_area import PhotoArea
from app.photo_filter import SortKey
from app.photo_list_model import PhotoListModel
from app.progress_showing import ProgressShowing
from app.settings import Settings
from app.shoot import Shoot
from app.shoot_session import ShootSession
from app.shown_photos import ShownPhotos
from app.status_line import StatusLine
from app.thumbnail_store import ThumbnailStore
from quality.core.inference import QualityModel
from quality.core.shoot_lines import ShootLines
from quality.panel.photo_scores import PhotoScores
from quality.panel.quality_panel import QualityPanel
from quality.panel.throttle import Throttle

_FOLLOW_MS = 150
"""How often counts and histograms follow while scores come in; badges never wait."""


class ShootDisplay(QObject):
    """Lives in the GUI thread; every change of scores, lines or current photo passes through here."""

    lines_edited = Signal()

    def __init__(
        self,
        session: ShootSession,
        photos: PhotoListModel,
        shown: ShownPhotos,
        thumbnails: ThumbnailStore,
        area: PhotoArea,
        panel: QualityPanel,
        scores: PhotoScores,
        status: StatusLine,
        actions: dict[str, QAction],
        settings: Settings,
        parent: QObject,
    ) -> None:
        """Connects the session with the widgets."""
        super().__init__(parent)
        self._session, self._photos, self._thumbnails = session, photos, thumbnails
        self._shown, self._neighbours = shown, Neighbours()
        self._area, self._panel, self._scores, self._status = area, panel, scores, status
        self._settings = settings
        self.choice = LineChoice(panel, settings)
        self._progress = ProgressShowing(session.judging, photos, status, actions)
        self.feed = PanelFeed(session, photos, thumbnails, panel, self)
        self._follow_scores = Throttle(self._show_all_scores, _FOLLOW_MS, self)
        self.model: QualityModel | None = None
        self.model_answered = False
        session.folder_opened.connect(self._folder_opened)
        session.folder_failed.connect(self._folder_failed)
        session.folder_slow.connect(self._folder_slow)
        session.outside.found.connect(area.banner.say)
        session.model_opened.connect(self._model_opened)
        session.model_failed.connect(self._model_failed)
        session.judging.judged.connect(self._scores_came)
        session.judging.judged_now.connect(self._fade_in)
        session.judging.faults_found.connect(self._faults_found)
        session.judging.cache_failed.connect(area.banner.say)
        session.judging.progressed.connect(self._progressed)
        panel.changed.connect(self._lines_changed)
        panel.left.connect(area.take_keys)
        self.feed.advice.scenes_changed.connect(self._lines_changed)
        area.grid.visible_changed.connect(self._visible_changed)
        area.strip.visible_changed.connect(self._visible_changed)
        area.grid.selectionModel().currentChanged.connect(self._current_changed)

    def show_current(self) -> None:
        """Shows the photo in focus in the panel and, where it is on screen, in the loupe."""
        place, shoot = self._area.grid.currentIndex().row(), self._photos.shoot
        row = self._shown.row(place)
        if row < 0:
            self._scores.show_nothing()
            self._area.loupe.show_nothing()
            return
        self._show_scores(row)
        path = shoot.photos[row]
        words = self.tr("{n} of {total}").format(n=number(place + 1), total=number(self._shown.rowCount()))
        self._area.photo_line.show_photo(shoot.caption(row), words, shoot.marks.marks(row))
        loupe = self._area.loupe
        if self._area.view is loupe and loupe.path != path:
            ahead = self._shown.paths(self._neighbours.after(place, self._shown.rowCount()))
            loupe.show_photo(path, self._thumbnails.image(path), shoot.size_of(row), ahead)

    def _show_scores(self, row: int) -> None:
        shoot = self._photos.shoot
        name, found = shoot.photos[row].name, shoot.shown_scores_of(row)
        if found is not None:
            size = shoot.size_of(row)
            words = (
                "" if size is None else self.tr("{width} × {height}").format(width=size[0], height=size[1])
            )
            self._scores.show_scores(
                name, words, found, self._panel.thresholds, self._panel.modes, shoot.scenes.facts(row)
            )
        elif row in shoot.faults:
            self._scores.show_fault(name, shoot.faults[row])
        else:
            will_come = self._session.judging.has_model and not self._session.judging.stopped
            self._scores.show_waiting(name, will_come=will_come or not self.model_answered)

    def _show_counts(self) -> None:
        shoot, over = self._photos.shoot, self._photos.over
        self._area.line.show_counts(shoot, over, has_model=self._session.judging.has_model)
        self.feed.show_counts()

    def show_edited(self) -> None:
        """Badges of edited photos may have changed."""
        self._show_counts()
        self.show_current()

    def set_own_lines(self, own: ShootLines, night: list[int]) -> None:
        """The open shoot remembers lines of its own, and rows that are a night."""
        self._photos.shoot.scenes.treat_as_night(night)
        self.choice.set_own(own)
        self._decide()

    def apply_start(self) -> None:
        """What new shoots begin with is another now; it holds here where there are no own lines."""
        self.choice.apply()
        self._decide()

    def _decide(self) -> None:
        """Re-decides everything by the panel's lines: arithmetic only."""
        self._photos.shoot.scenes.set_dark_line(self._panel.dark_line.value)
        self._photos.set_lines(self._panel.thresholds, self._panel.modes)
        self._show_counts()
        self.show_current()

    @Slot(object)
    def _folder_opened(self, shoot: Shoot) -> None:
        self._area.grid.fade.clear()
        self._scores.show_nothing()
        self._area.loupe.show_nothing()
        self._settings.add_recent_folder(shoot.folder)
        self._status.show_faults(0)
        if len(shoot):
            self._area.show_grid()
        else:
            self._area.show_empty(shoot)
        self.choice.begin()
        self._photos.shoot.scenes.set_dark_line(self._panel.dark_line.value)
        self._photos.set_lines(self._panel.thresholds, self._panel.modes)
        self.feed.begin()
        self._show_counts()
        self._progressed()

    @Slot(object, str)
    def _folder_failed(self, folder: Path, reason: str) -> None:
        self._area.show_failure(folder.name or str(folder), reason)
        self._status.show_text("")

    @Slot(object)
    def _folder_slow(self, folder: Path) -> None:
        text = self.tr("{name} answers slowly; its photos come as soon as it does")
        self._status.show_text(text.format(name=folder.name or folder))

    @Slot(object)
    def _model_opened(self, model: QualityModel) -> None:
        self.model, self.model_answered = model, True
        points = model.contract.operating_points
        self._panel.set_operating_points(points)
        self.choice.set_points(points)
        self._status.show_device(model.device)
        self._decide()

    @Slot(str)
    def _model_failed(self, reason: str) -> None:
        self.model_answered = True
        text = self.tr("Photos cannot be judged: {reason}. Looking through them works all the same.")
        self._area.banner.say(text.format(reason=reason.rstrip(".")))
        self._status.show_device(self.tr("no model"))
        self._progressed()
        self.show_current()

    @Slot(list)
    def _fade_in(self, rows: list[int]) -> None:
        """Photos were judged just now, not before: their badges fade in."""
        visible = {self._shown.row(place) for place in self._area.grid.visible_rows()}
        self._area.grid.fade.begin(row for row in rows if row in visible and self._photos.badges(row))

    @Slot(list)
    def _faults_found(self, rows: list[int]) -> None:
        self._scores_came(rows)

    @Slot(list)
    def _scores_came(self, rows: list[int]) -> None:
        """Counts and histograms follow now and then, the last time at once; the photo in focus always."""
        self._status.show_faults(len(self._photos.shoot.faults))
        self._area.grid.announce_visible()
        self._follow_scores.call()
        if self._session.judging.finished:
            self._follow_scores.flush()
        if self._shown.row(self._area.grid.currentIndex().row()) in rows:
            self.show_current()

    def _show_all_scores(self) -> None:
        self.feed.show_scores()
        self._show_counts()

    @Slot()
    def _progressed(self) -> None:
        self._progress.show(model_answered=self.model_answered, opening=self._session.opening)

    @Slot()
    def _lines_changed(self) -> None:
        self.choice.remember()
        self.lines_edited.emit()
        self._decide()

    @Slot()
    def _visible_changed(self) -> None:
        strip = self._area.strip
        places = strip.visible_rows() if strip.isVisible() else self._area.grid.visible_rows()
        self._session.show_visible(self._shown.paths(places))

    @Slot()
    def follow_browsing(self) -> None:
        """Shows what filter and marks have changed."""
        area, total, shown = self._area, len(self._photos.shoot), self._shown.rowCount()
        if self._shown.order is SortKey.TIME:
            self._session.times.read()
        area.line.show_shown(shown, total)
        area.filters.set_filter(self._shown.filter)
        self._show_counts()
        if total and not shown:
            area.show_filtered(total)
        elif area.view is area.filtered:
            area.show_grid()
        self.show_current()
        area.grid.announce_visible()

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.show_current()
