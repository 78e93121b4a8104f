"""Shows how far judging is, and which of pause, stop and judge-the-rest make sense; judges nothing."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from app.judging import Judging
from app.photo_list_model import PhotoListModel
from app.status_line import StatusLine


class ProgressShowing:
    """Between judging and the status line; GUI thread only."""

    def __init__(
        self,
        judging: Judging,
        photos: PhotoListModel,
        status: StatusLine,
        actions: dict[str, QAction],
    ) -> None:
        self._judging, self._photos, self._status, self._actions = judging, photos, status, actions

    def show(self, *, model_answered: bool, opening: bool) -> None:
        """Shows it as it is now.

        Args:
            model_answered: Whether it is known if photos can be judged.
            opening: Whether a folder is being opened; what the status line says of that stays.
        """
        judging, figures = self._judging, self._judging.figures()
        waiting = judging.has_model and not judging.finished
        self._actions["pause"].setEnabled(waiting and not judging.stopped)
        self._actions["pause"].setChecked(judging.paused)
        self._actions["stop"].setEnabled(waiting and not judging.stopped)
        self._actions["again"].setEnabled(judging.has_model and figures.total > self._photos.shoot.judged)
        self._actions["next_fault"].setEnabled(bool(self._photos.shoot.faults))
        if opening:
            return
        if not figures.total:
            self._status.show_text("")
        elif judging.has_model or not model_answered:
            self._status.show_progress(figures, paused=judging.paused, stopped=judging.stopped)
        else:
            words = QCoreApplication.translate("ProgressShowing", "Not judged: there is no model")
            self._status.show_text(words)
