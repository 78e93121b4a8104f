"""Shows how far judging is, and which of pause, stop and judge-the-rest make sense; judges nothing."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from app.photo_list_model import PhotoListModel
from app.shoot_session import ShootSession
from app.status_line import StatusLine


class ProgressShowing:
    """Between the session and the status line; GUI thread only."""

    def __init__(
        self,
        session: ShootSession,
        photos: PhotoListModel,
        status: StatusLine,
        actions: dict[str, QAction],
    ) -> None:
        self._session, self._photos, self._status, self._actions = session, photos, status, actions

    def show(self, *, model_answered: bool) -> None:
        """Shows it as it is now.

        Args:
            model_answered: Whether it is known if photos can be judged.
        """
        session, figures = self._session, self._session.figures()
        waiting = session.has_model and not session.finished
        self._actions["pause"].setEnabled(waiting and not session.stopped)
        self._actions["pause"].setChecked(session.paused)
        self._actions["stop"].setEnabled(waiting and not session.stopped)
        self._actions["again"].setEnabled(session.has_model and figures.total > self._photos.shoot.judged)
        self._actions["next_fault"].setEnabled(bool(self._photos.shoot.faults))
        if not figures.total:
            self._status.show_text("")
        elif session.has_model or not model_answered:
            self._status.show_progress(figures, paused=session.paused, stopped=session.stopped)
        else:
            words = QCoreApplication.translate("ProgressShowing", "Not judged: there is no model")
            self._status.show_text(words)
