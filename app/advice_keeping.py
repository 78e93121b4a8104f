"""Keeps with each shoot how it is judged and where the user disagreed."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.advice_names import CORRECTIONS, LINES
from app.marking import Marking
from app.photo_list_model import PhotoListModel
from app.shoot_display import ShootDisplay
from app.shoot_session import ShootSession
from app.shoot_texts import ShootTexts
from app.undo import MarksByPath
from editor.core.marks import Flag, RecordedMarks
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


class AdviceKeeping(QObject):
    """Lives in the GUI thread."""

    def __init__(
        self,
        session: ShootSession,
        texts: ShootTexts,
        marking: Marking,
        photos: PhotoListModel,
        panel: QualityPanel,
        display: ShootDisplay,
        parent: QObject,
    ) -> None:
        """Connects it.

        Args:
            session: Says when another shoot is open.
            texts: Keeps both.
            marking: Where marks are given.
            photos: The photos with their scores.
            panel: Lines and modes.
            display: Knows the model and which lines are in force.
            parent: The object that owns it.
        """
        super().__init__(parent)
        self._texts, self._photos, self._panel, self._display = texts, photos, panel, display
        self._corrections: dict[str, Correction] = {}
        self._named: dict[tuple[str, str], frozenset[Defect]] = {}
        session.folder_opened.connect(self.begin)
        texts.loaded.connect(self._take)
        marking.changed.connect(self._marked)
        marking.defect_named.connect(self._defect_named)
        display.lines_edited.connect(self._lines_edited)

    @property
    def corrections(self) -> dict[str, Correction]:
        """Where the user disagreed, by the photo's place in the shoot."""
        return self._corrections

    @Slot()
    def begin(self) -> None:
        """Another shoot is open: what belongs to the one before is forgotten."""
        self._corrections, self._named = {}, {}

    @Slot(object)
    def _take(self, found: dict[str, VersionedText]) -> None:
        shoot = self._photos.shoot
        stored = found.get(CORRECTIONS)
        if stored is not None and stored.version == correction.VERSION:
            kept = corrections_from_json(stored.text)
            self._corrections = kept | self._corrections
            for place, one in kept.items():
                self._named.setdefault((place, one.decided_at), frozenset(map(Defect, one.named)))
        stored = found.get(LINES)
        if stored is not None and stored.version == shoot_lines.VERSION and not self._texts.waits(LINES):
            lines = lines_from_json(stored.text)
            if lines is not None:
                rows = [row for row, path in enumerate(shoot.photos) if self._place(path) in lines.night]
                self._display.set_own_lines(lines, rows)

    @Slot()
    def _lines_edited(self) -> None:
        shoot = self._photos.shoot
        night = frozenset(self._place(shoot.photos[row]) for row in shoot.scenes.night.nonzero()[0])
        text = lines_to_json(replace(self._display.choice.read(), night=night))
        self._texts.keep(LINES, VersionedText(shoot_lines.VERSION, text), SAVE_MS)

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
            self._texts.keep(CORRECTIONS, VersionedText(correction.VERSION, text), SAVE_MS)

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

    def _place(self, path: Path) -> str:
        return place_key(self._photos.shoot.folder, path)


def _named_key(place: str, recorded: RecordedMarks | None) -> tuple[str, str]:
    """A mark of a photo: its place and the moment it was given."""
    return place, "" if recorded is None else recorded.provenance.decided_at.isoformat()
