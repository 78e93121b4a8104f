"""Finds the scores of a shoot that was judged before, all at once and without reading a photo."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from editor.core.identity_cache import IdentityCache
from editor.core.jobs import Answer, Cancellation, JobPool
from quality.core.score_table import ScoreTable
from quality.core.scorer import Scorer

_FIRST, _AT_ONCE = 300, 5000
"""The first screens come at once; the rest in few portions, for each is decided and painted anew."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    photos: Sequence[Path]
    identities: IdentityCache
    scorer: Scorer


class KnownScores(QObject):
    """Lives in the GUI thread; `ended` comes when all are there.

    `table_found` carries photos and their scores side by side, `found` pairs of photo and score where these
    do not fit side by side. `begun` comes once the first screens have been looked for, found or not.
    """

    table_found = Signal(list, object)
    found = Signal(list)
    begun = Signal()
    ended = Signal()
    _part_found = Signal(object, list, object)
    _answered = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._current: _Search | None = None
        self._begun = True
        self._pool: JobPool[_Search, None] = JobPool(
            self._search, self._answered.emit, workers=1, name="known-scores"
        )
        self._part_found.connect(self._take_part)
        self._answered.connect(self._take_end)

    def look(self, photos: Sequence[Path], identities: IdentityCache, scorer: Scorer) -> None:
        """Looks for the scores of some photos; what was looked for before is given up."""
        self._current = _Search(tuple(photos), identities, scorer)
        self._begun = False
        self._pool.begin()
        self._pool.submit([self._current])

    @property
    def beginning(self) -> bool:
        """Whether nothing is known of the first screens yet."""
        return not self._begun

    def close(self) -> None:
        """Stops the thread."""
        self._current = None
        self._pool.close()

    def _search(self, search: _Search, cancellation: Cancellation) -> None:
        """On the thread."""
        ends = [*range(_FIRST, len(search.photos), _AT_ONCE), len(search.photos)]
        for first, end in pairwise([0, *ends]):
            cancellation.raise_if_cancelled()
            known = search.identities.load(search.photos[first:end])
            keys = {path: identity.key for path, identity in known.items()}
            sides = search.scorer.known_table(list(set(keys.values())))
            if sides is None:
                scores = search.scorer.known(known.values())
                pairs = [(path, scores[identity]) for path, identity in known.items() if identity in scores]
                self._part_found.emit(search, pairs, None)
                continue
            places = {key: place for place, key in enumerate(sides[0])}
            paths = [path for path, key in keys.items() if key in places]
            if paths or not first:
                self._part_found.emit(search, paths, sides[1].at([places[keys[path]] for path in paths]))

    @Slot(object, list, object)
    def _take_part(self, search: _Search, part: list[Any], table: ScoreTable | None) -> None:
        if search is not self._current:
            return
        if table is None:
            self.found.emit(part)
        elif part:
            self.table_found.emit(part, table)
        if not self._begun:
            self._begun = True
            self.begun.emit()

    @Slot(object)
    def _take_end(self, answer: Answer[_Search, None]) -> None:
        if answer.key is self._current:
            self._begun = True
            if answer.error is not None:
                _log.error("looking for known scores failed", exc_info=answer.error)
            self.ended.emit()
