"""How the photo that is edited is judged before and after, and what could be recovered; judges nothing."""

from PySide6.QtCore import QObject

from app.edited_photos import EditedPhotos
from app.judged_line import JudgedLine
from app.live_edit import LiveEdit
from app.photo_list_model import PhotoListModel
from app.recovery import recovery
from editor.core.exposure import EV
from editor.core.recipe import Recipe
from editor.panel.parameter_words import number_words


class LiveScores(QObject):
    """Fills the line of numbers in the editor's panel."""

    def __init__(self, photos: PhotoListModel, live: LiveEdit, edited: EditedPhotos, parent: QObject) -> None:
        super().__init__(parent)
        self._photos, self._live, self._edited = photos, live, edited
        self.line = JudgedLine()

    def show(self) -> None:
        """Shows both numbers of each defect, or why there are none."""
        path = self._live.path
        row = None if path is None else self._photos.shoot.row_of(path)
        if path is None or row is None:
            self.line.show_nothing("")
            return
        before, draft = self._photos.shoot.scores_of(row), self._live.draft
        if before is None:
            self.line.show_nothing(self.tr("Not judged yet"))
            return
        found = self._edited.score(path, draft)
        self.line.show_scores(
            before,
            None if draft.is_neutral or found is None else found.probabilities,
            self._photos.thresholds,
            self._photos.modes,
            waiting=not draft.is_neutral and self._edited.service.has_model,
            note=self._note(row, draft),
        )

    def _note(self, row: int, draft: Recipe) -> str:
        """What could be recovered, with its key, until it is."""
        exposure, over = recovery(self._photos.shoot, row), self._photos.original_over
        flagged = bool(over.reasons[row].any() or over.hints[row].any())
        if exposure is None or not flagged or draft.exposure == exposure:
            return ""
        return self.tr("Recoverable: {ev} (R)").format(ev=number_words(EV, exposure.ev))
