"""Renders the photo that is edited, in the background: the newest request of each kind wins."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from editor.core.errors import PhotoError
from editor.core.jobs import Answer, JobCancelled, JobPool
from editor.panel.render_request import Rendered, RenderKind, RenderRequest, ToolRequest
from editor.panel.render_work import RenderWork, ToolAnswer

_log = logging.getLogger(__name__)

Wish = RenderRequest | ToolRequest
_SLOW = frozenset({RenderKind.SETTLED, RenderKind.BEFORE, RenderKind.BEFORE_DETAIL, RenderKind.EXACT})
"""Kinds that give way at once when a slider moves."""

_RESTING = frozenset({RenderKind.SETTLED, RenderKind.EXACT})
"""Kinds that are asked for anew when the slider that stopped them rests again."""


class RenderService(QObject):
    """Lives in the GUI thread; `rendered`, `tool_answered` and `failed` come there.

    A rendering under way for a slider is finished even if a newer one is wanted, so that the picture
    follows the hand on a slow machine; what waits is always the newest only.
    """

    rendered = Signal(object)
    tool_answered = Signal(object)
    failed = Signal(object, str)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = RenderWork()
        self._wanted: dict[RenderKind, RenderRequest] = {}
        self._tools: list[ToolRequest] = []
        self._running: Wish | None = None
        self._path: Path | None = None
        self._pool: JobPool[Wish, Rendered | ToolAnswer] = JobPool(
            self._work, self._answered.emit, workers=1, name="render"
        )
        self._pool.begin()
        self._answered.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether anything is under way or waits."""
        return self._running is not None or bool(self._wanted) or bool(self._tools)

    def want(self, request: RenderRequest) -> None:
        """Asks for a rendering; an older request of its kind that has not begun is forgotten."""
        if request.path != self._path:
            self.drop()
            self._path = request.path
        self._wanted[request.kind] = request
        running = self._running
        if isinstance(running, RenderRequest) and running.kind in _SLOW and request.kind < running.kind:
            self._interrupt(running, request.kind)
        self._feed()

    def cancel(self, kind: RenderKind) -> None:
        """Forgets what is wanted of a kind."""
        self._wanted.pop(kind, None)

    def ask(self, request: ToolRequest) -> None:
        """Asks for a starting point."""
        self._tools.append(request)
        self._feed()

    def drop(self) -> None:
        """Forgets everything, for another photo."""
        self._wanted.clear()
        self._tools.clear()
        self._pool.cancel()
        self._running = None
        self._path = None

    def close(self) -> None:
        """Stops the thread."""
        self._pool.close()

    def _interrupt(self, running: RenderRequest, by: RenderKind) -> None:
        """Stops what may wait; it is done again afterwards unless a newer one is wanted, or is to come."""
        self._pool.cancel()
        self._running = None
        if running.kind not in _RESTING or by is not RenderKind.PREVIEW:
            self._wanted.setdefault(running.kind, running)

    def _feed(self) -> None:
        """Gives the thread one wish at a time."""
        if self._running is not None:
            return
        if self._tools:
            self._running = self._tools.pop(0)
        elif self._wanted:
            self._running = self._wanted.pop(min(self._wanted))
        else:
            return
        self._pool.submit([self._running], again=True)

    @Slot(object)
    def _take(self, answer: Answer[Wish, Rendered | ToolAnswer]) -> None:
        if answer.key != self._running:
            return
        self._running = None
        self._feed()
        if isinstance(answer.result, Rendered):
            self.rendered.emit(answer.result)
        elif answer.result is not None:
            self.tool_answered.emit(answer.result)
        elif isinstance(answer.error, PhotoError):
            self.failed.emit(answer.key.path, answer.error.reason)
        elif not isinstance(answer.error, JobCancelled):
            _log.error("rendering %s failed", answer.key.path, exc_info=answer.error)
            self.failed.emit(
                answer.key.path, self.tr("It could not be rendered because of a fault in the program.")
            )
