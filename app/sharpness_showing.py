"""Keeps the sharpness maps of loupe and compare in step with what they show; works nothing out itself."""

from pathlib import Path

from PySide6.QtCore import QObject, QPointF, Signal, Slot

from app.loupe import Loupe
from app.photo_area import PhotoArea
from app.shoot_session import ShootSession
from quality.core.inference import QualityModel
from quality.core.sharpness_report import SharpnessReport
from quality.panel.sharpness_overlay import SharpnessOverlay
from quality.panel.sharpness_service import SharpnessService


class SharpnessShowing(QObject):
    """Lives in the GUI thread; `H` switches the maps, `Z` then goes to the sharpest region."""

    loupe_wanted = Signal()

    def __init__(self, area: PhotoArea, session: ShootSession, parent: QObject) -> None:
        """Lays an overlay over every large view.

        Args:
            area: Holds the views.
            session: Says which model is open.
            parent: The object that owns this.
        """
        super().__init__(parent)
        self._area, self._shown = area, False
        self.service = SharpnessService(self)
        self._overlays: dict[Loupe, SharpnessOverlay] = {}
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

    def overlay(self, loupe: Loupe) -> SharpnessOverlay:
        """What lies over a view."""
        return self._overlays[loupe]

    @Slot(bool)
    def switch(self, shown: bool) -> None:
        """Shows the maps or hides them; from the grid the loupe is opened."""
        self._shown = shown
        if shown and not self._loupes():
            self.loupe_wanted.emit()
        if not shown:
            self.service.drop()
        self.follow()

    @Slot()
    def follow(self) -> None:
        """The views show other photos: asks for their maps."""
        loupes = self._loupes() if self._shown else ()
        for loupe, overlay in self._overlays.items():
            overlay.setVisible(loupe in loupes and loupe.path is not None)
            overlay.raise_()
        if not loupes:
            return
        words = self.tr("Looking where it is sharp …")
        if not self.service.has_model:
            words = self.tr("The model has no network for sharpness")
        for loupe in loupes:
            report = self._overlays[loupe].report
            if report is None or report.path != loupe.path:
                self._overlays[loupe].show_words(words)
        self.service.request(tuple(loupe.path for loupe in loupes if loupe.path is not None))

    def close(self) -> None:
        """Stops the thread."""
        self.service.close()

    def _loupes(self) -> tuple[Loupe, ...]:
        """The large views on show."""
        if self._area.view is self._area.loupe:
            return (self._area.loupe,)
        if self._area.view is self._area.compare:
            return tuple(pane.loupe for pane in self._area.compare.panes)
        return ()

    @Slot(object)
    def _take(self, report: SharpnessReport) -> None:
        for loupe in self._loupes():
            if loupe.path == report.path:
                self._overlays[loupe].show_report(report)

    @Slot(object, str)
    def _take_fault(self, path: Path, reason: str) -> None:
        for loupe in self._loupes():
            if loupe.path == path:
                text = self.tr("Sharpness is not known: {reason}").format(reason=reason.rstrip("."))
                self._overlays[loupe].show_words(text)

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
        comparing = self._area.view is self._area.compare
        first = self._area.compare.active.loupe if comparing else self._area.loupe
        report = self._overlays[first].report
        if not (whole and self._shown) or report is None or report.map.sharpest is None:
            return
        tile = report.map.sharpest
        centre = QPointF(tile.left + tile.width / 2, tile.top + tile.height / 2)
        for loupe in self._loupes():
            loupe.view.set_centre(centre)
