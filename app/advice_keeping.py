"""Keeps with each shoot how it is judged and where the user disagreed; the disk is waited for elsewhere."""

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.advice_names import CORRECTIONS, LINES
from app.mark_service import MarkService
from app.marking import Marking
from app.photo_list_model import PhotoListModel
from app.shoot_display import ShootDisplay
from app.shoot_keeper import ShootKeeper
from app.shoot_session import ShootSession
from app.undo import MarksByPath
from editor.core.marks import Flag, RecordedMarks
from editor.core.shoot_errors import StoreError
from editor.core.shoot_records import VersionedText, place_key
from quality.core import correction, shoot_lines
from quality.core.correction import (
    Correction,
    corrections_from_json,
    corrections_to_json,
    find_correction,
)
from quality.core.labels import Defect
from quality.core.shoot_lines import lines_from_json, lines_to_json
from quality.core.verdict import decide
from quality.panel.quality_panel import QualityPanel

SAVE_MS = 600
"""A dragged line is saved when it rests."""

RETRY_MS = 3000

_log = logging.getLogger(__name__)


class AdviceKeeping(QObject):
    """Lives in the GUI thread; its texts go to the store on the thread that keeps marks."""

    _found = Signal(object, object)
    _save_ended = Signal(object, bool)

    def __init__(
        self,
        session: ShootSession,
        service: MarkService,
        marking: Marking,
        photos: PhotoListModel,
        panel: QualityPanel,
        display: ShootDisplay,
        parent: QObject,
    ) -> None:
        """Connects it.

        Args:
            session: Says when another shoot is open.
            service: The thread that keeps marks.
            marking: Where marks are given.
            photos: The photos with their scores.
            panel: Lines and modes.
            display: Knows the model and which lines are in force.
            parent: The object that owns it.
        """
        super().__init__(parent)
        self._service, self._photos, self._panel, self._display = service, photos, panel, display
        self._corrections: dict[str, Correction] = {}
        self._named: dict[tuple[str, str], frozenset[Defect]] = {}
        self._unsaved: dict[str, VersionedText] = {}
        self._keeper: ShootKeeper | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SAVE_MS)
        self._rest.timeout.connect(self.save_now)
        self._found.connect(self._take)
        self._save_ended.connect(self._take_end)
        session.folder_opened.connect(self.begin)
        service.loaded.connect(self._marks_loaded)
        marking.changed.connect(self._marked)
        marking.defect_named.connect(self._defect_named)
        display.lines_edited.connect(self._lines_edited)

    @property
    def corrections(self) -> dict[str, Correction]:
        """Where the user disagreed, by the photo's place in the shoot."""
        return self._corrections

    @Slot()
    def begin(self) -> None:
        """Another shoot is open: what belongs to the one before is saved, then forgotten."""
        self.save_now()
        self._corrections, self._unsaved, self._named = {}, {}, {}

    @Slot()
    def save_now(self) -> None:
        """Hands over what is not saved yet."""
        self._rest.stop()
        if self._unsaved and self._keeper is not None:
            self._service.run(partial(self._save, self._keeper, dict(self._unsaved)))

    def _save(self, keeper: ShootKeeper, texts: dict[str, VersionedText]) -> None:
        """On the thread that keeps marks."""
        try:
            keeper.opened().save_settings(texts)
            self._save_ended.emit(texts, True)
        except (StoreError, OSError) as error:
            _log.warning("how %s is judged is not saved yet: %s", keeper.folder, error)
            self._save_ended.emit(texts, False)

    def _load(self, keeper: ShootKeeper) -> None:
        """On the thread that keeps marks."""
        try:
            found = {} if keeper.store is None else keeper.store.load_settings()
        except (StoreError, OSError) as error:
            _log.warning("how %s is judged cannot be read: %s", keeper.folder, error)
            found = {}
        self._found.emit(keeper.folder, found)

    @Slot(object, object)
    def _marks_loaded(self, _folder: Path, _found: object) -> None:
        keeper = self._service.keeper
        if keeper is not None:
            self._service.run(partial(self._load, keeper))

    @Slot(object, object)
    def _take(self, folder: Path, found: dict[str, VersionedText]) -> None:
        shoot = self._photos.shoot
        if folder != shoot.folder:
            return
        stored = found.get(CORRECTIONS)
        if stored is not None and stored.version == correction.VERSION:
            kept = corrections_from_json(stored.text)
            self._corrections = kept | self._corrections
            for place, one in kept.items():
                self._named.setdefault((place, one.decided_at), frozenset(map(Defect, one.named)))
        stored = found.get(LINES)
        if stored is not None and stored.version == shoot_lines.VERSION and LINES not in self._unsaved:
            lines = lines_from_json(stored.text)
            if lines is not None:
                rows = [row for row, path in enumerate(shoot.photos) if self._place(path) in lines.night]
                self._display.set_own_lines(lines, rows)

    @Slot(object, bool)
    def _take_end(self, texts: dict[str, VersionedText], saved: bool) -> None:
        if saved:
            self._unsaved = {name: text for name, text in self._unsaved.items() if texts.get(name) != text}
        elif self._unsaved:
            self._rest.start(RETRY_MS)

    @Slot()
    def _lines_edited(self) -> None:
        shoot = self._photos.shoot
        night = frozenset(self._place(shoot.photos[row]) for row in shoot.scenes.night.nonzero()[0])
        text = lines_to_json(replace(self._display.choice.read(), night=night))
        self._keep(LINES, VersionedText(shoot_lines.VERSION, text))

    @Slot(list)
    def _marked(self, marks: MarksByPath) -> None:
        """Notes where a mark disagrees with the advice of this moment; forgets where it no longer does."""
        shoot, model = self._photos.shoot, self._display.model
        if model is None:
            return
        before = dict(self._corrections)
        thresholds, modes = self._panel.thresholds, self._panel.modes
        for path, recorded in marks:
            row = shoot.row_of(path)
            if row is None:
                continue
            scores = shoot.scores_of(row)
            decision = decide(
                scores, thresholds, modes, bool(shoot.scenes.dark[row]), bool(shoot.scenes.cannot_tell[row])
            )
            place = self._place(path)
            named = self._named.get(_named_key(place, recorded), frozenset())
            found = find_correction(recorded, decision, scores, thresholds, model.sha256, named)
            self._corrections.pop(place, None)
            if found is not None:
                self._corrections[place] = found
        if self._corrections != before:
            text = corrections_to_json(self._corrections)
            self._keep(CORRECTIONS, VersionedText(correction.VERSION, text))

    @Slot(list, object)
    def _defect_named(self, paths: list[Path], defect: Defect) -> None:
        """Keeps why photos were rejected, with the very mark: what undo takes back, redo brings again."""
        shoot = self._photos.shoot
        rejects = [
            (path, recorded)
            for path in paths
            if (row := shoot.row_of(path)) is not None
            and (recorded := shoot.marks.recorded(row)) is not None
            and recorded.marks.flag is Flag.REJECT
        ]
        for path, recorded in rejects:
            key = _named_key(self._place(path), recorded)
            self._named[key] = self._named.get(key, frozenset()) | {defect}
        self._marked(rejects)

    def _keep(self, name: str, text: VersionedText) -> None:
        self._unsaved[name] = text
        self._keeper = self._service.keeper
        self._rest.start(SAVE_MS)

    def _place(self, path: Path) -> str:
        return place_key(self._photos.shoot.folder, path)


def _named_key(place: str, recorded: RecordedMarks | None) -> tuple[str, str]:
    """A mark of a photo: its place and the moment it was given."""
    return place, "" if recorded is None else recorded.provenance.decided_at.isoformat()
