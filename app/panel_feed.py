"""Gives the quality panel what it shows of the shoot: scores, counts, pictures; owns no widget."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from app.photo_list_model import PhotoListModel
from app.shoot_advice import ShootAdvice
from app.shoot_session import ShootSession
from app.thumbnail_store import ThumbnailStore
from quality.panel.quality_panel import QualityPanel


class PanelFeed(QObject):
    """Lives in the GUI thread, between the open shoot and the panel."""

    photo_wanted = Signal(object)

    def __init__(
        self,
        session: ShootSession,
        photos: PhotoListModel,
        thumbnails: ThumbnailStore,
        panel: QualityPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._photos, self._thumbnails, self._panel = session, photos, thumbnails, panel
        panel.near.set_source(self._picture, self._name)
        panel.near.photo_chosen.connect(self._photo_chosen)
        panel.near.pictures_wanted.connect(self._pictures_wanted)
        self.advice = ShootAdvice(photos, panel, panel.summary, self)
        session.thumbnails_arrived.connect(panel.near.refresh)

    def begin(self) -> None:
        """Another shoot is open."""
        self._panel.near.clear()
        self.advice.begin()
        self.show_scores()

    def show_scores(self) -> None:
        """Scores came."""
        shoot = self._photos.shoot
        self._panel.show_scores(shoot.probabilities, shoot.settled)

    def show_counts(self) -> None:
        """What is over the lines has changed."""
        over, judged = self._photos.over, self._photos.shoot.judged
        self._panel.show_counts(over.flagged_by, over.hinted_by, judged)
        self.advice.look_soon()

    def _picture(self, row: int) -> QImage | None:
        return self._thumbnails.image(self._photos.shoot.photos[row])

    def _name(self, row: int) -> str:
        return self._photos.shoot.photos[row].name

    @Slot(int)
    def _photo_chosen(self, row: int) -> None:
        self.photo_wanted.emit(self._photos.shoot.photos[row])

    @Slot(list)
    def _pictures_wanted(self, rows: list[int]) -> None:
        self._session.show_near([self._photos.shoot.photos[row] for row in rows])
