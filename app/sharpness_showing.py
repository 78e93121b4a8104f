"""Keeps the sharpness maps of loupe, compare and editor in step with what they show; measures nothing."""

from pathlib import Path

from PySide6.QtCore import QObject, QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QTransform

from app.edit_desk import EditDesk
from app.live_rendering import LiveRendering
from app.loupe import Loupe
from app.photo_area import PhotoArea
from app.shoot_session import ShootSession
from editor.panel.photo_place import photo_place
from quality.core.inference import QualityModel
from quality.core.sharpness_report import SharpnessReport
from quality.panel.sharpness_overlay import SharpnessOverlay
from quality.panel.sharpness_service import SharpnessService


class SharpnessShowing(QObject):
    """Lives in the GUI thread; `H` switches the maps, `Z` then goes to the sharpest region."""

    loupe_wanted = Signal()

    def __init__(self, area: PhotoArea, live: LiveRendering, session: ShootSession, parent: QObject) -> None:
        """Lays an overlay over every large view.

        Args:
            area: Holds the views.
            live: Says what the editor shows; the map there is that of the photo before its edits.
            session: Says which model is open.
            parent: The object that owns this.
        """
        super().__init__(parent)
        self._area, self._live, self._shown = area, live, False
        self.service = SharpnessService(self)
        self._overlays: dict[Loupe | EditDesk, SharpnessOverlay] = {
            area.desk: SharpnessOverlay(
                area.desk.view, self._edited_place, self._edited_turn, area.desk.view.target
            )
        }
        live.photo_changed.connect(self.follow)
        area.desk.whole_pixels_changed.connect(self._zoomed)
        for loupe in (area.loupe, *(pane.loupe for pane in area.compare.panes)):
            self._overlays[loupe] = SharpnessOverlay(loupe.view, loupe.view.target)
            loupe.photo_changed.connect(self.follow)
        area.loupe.whole_pixels_changed.connect(self._zoomed)
        area.compare.whole_pixels_changed.connect(self._zoomed)
        self.service.arrived.connect(self._take)
        self.service.failed.connect(self._take_fault)
        session.model_opened.connect(self._take_model)
        session.folder_opened.connect(self._folder_opened)

    @property
    def shown(self) -> bool:
        """Whether maps are asked for."""
        return self._shown

    def overlay(self, view: Loupe | EditDesk) -> SharpnessOverlay:
        """What lies over a view."""
        return self._overlays[view]

    @Slot(bool)
    def switch(self, shown: bool) -> None:
        """Shows the maps or hides them; from the grid the loupe is opened."""
        self._shown = shown
        if shown and not self._views():
            self.loupe_wanted.emit()
        if not shown:
            self.service.drop()
        self.follow()

    @Slot()
    def follow(self) -> None:
        """The views show other photos: asks for their maps."""
        views = self._views() if self._shown else {}
        for view, overlay in self._overlays.items():
            overlay.setVisible(views.get(view) is not None)
            overlay.raise_()
        if not views:
            return
        words = self.tr("Looking where it is sharp …")
        if not self.service.has_model:
            words = self.tr("The model has no network for sharpness")
        for view, path in views.items():
            report = self._overlays[view].report
            if report is None or report.path != path:
                self._overlays[view].show_words(words)
        self.service.request(tuple(path for path in views.values() if path is not None))

    def close(self) -> None:
        """Stops the thread."""
        self.service.close()

    def _views(self) -> dict[Loupe | EditDesk, Path | None]:
        """The large views on show, with their photos."""
        area = self._area
        if area.view is area.loupe:
            return {area.loupe: area.loupe.path}
        if area.view is area.compare:
            return {pane.loupe: pane.loupe.path for pane in area.compare.panes}
        return {area.desk: self._live.path} if area.view is area.desk else {}

    def _edited_place(self) -> QRectF:
        return self._edited()[0]

    def _edited_turn(self) -> QTransform:
        return self._edited()[1]

    def _edited(self) -> tuple[QRectF, QTransform]:
        """Where the whole photo lies in the editor, which shows a cut of it."""
        size, target = self._live.photo_size, self._area.desk.view.target()
        if size is None or target.isEmpty():
            return QRectF(), QTransform()
        return photo_place(self._live.draft.crop, size, target)

    @Slot(object)
    def _take(self, report: SharpnessReport) -> None:
        for view, path in self._views().items():
            if path == report.path:
                self._overlays[view].show_report(report)

    @Slot(object, str)
    def _take_fault(self, path: Path, reason: str) -> None:
        for view, shown in self._views().items():
            if shown == path:
                text = self.tr("Sharpness is not known: {reason}").format(reason=reason.rstrip("."))
                self._overlays[view].show_words(text)

    @Slot(object)
    def _folder_opened(self, _shoot: object) -> None:
        """A file may have changed since its map was worked out."""
        self.service.forget()

    @Slot(object)
    def _take_model(self, model: QualityModel) -> None:
        self.service.set_model(model.sharpness)
        self.follow()

    @Slot(bool)
    def _zoomed(self, whole: bool) -> None:
        """At 100 % the sharpest region comes to the middle, in compare that of the photo in focus."""
        first = next(iter(self._views()), self._area.loupe)
        if self._area.view is self._area.compare:
            first = self._area.compare.active.loupe
        report = self._overlays[first].report
        if not (whole and self._shown) or report is None or report.map.sharpest is None:
            return
        tile = report.map.sharpest
        centre = QPointF(tile.left + tile.width / 2, tile.top + tile.height / 2)
        if isinstance(first, EditDesk):
            place, turn = self._edited()
            target = first.view.target()
            spot = turn.map(QPointF(centre.x() * place.width(), centre.y() * place.height()))
            centre = QPointF(
                (spot.x() - target.x()) / target.width(), (spot.y() - target.y()) / target.height()
            )
            if not QRectF(0, 0, 1, 1).contains(centre):
                return
        for view in self._views():
            view.view.set_centre(centre)
        if isinstance(first, EditDesk):
            first.view.region_changed.emit()
