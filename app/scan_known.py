"""Takes the scores of photos that have not changed from the caches, so that a second scan reads no photo."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from editor.core.identity_cache import IdentityCache
from quality.core.scorer import PhotoScore, Scorer

IDENTITIES_FILE = "identities.sqlite"
"""Where identities are remembered, in the cache folder; the window keeps them in the same file."""


class KnownFirst:
    """Judges photos, known ones without opening them; threads may share it."""

    def __init__(self, scorer: Scorer, identities: IdentityCache, photos: Sequence[Path]) -> None:
        """Looks up all photos at once.

        Args:
            scorer: Judges those that are not known.
            identities: Remembers photos by place, size and time.
            photos: What will be asked for.
        """
        self._scorer = scorer
        self._identities = identities
        by_place = {_place(photo): photo for photo in photos}
        found = identities.load(by_place)
        scores = scorer.known(set(found.values()))
        self._known = {
            by_place[place]: scores[identity] for place, identity in found.items() if identity in scores
        }

    def score(self, path: Path) -> PhotoScore:
        """The score of one photo.

        Raises:
            PhotoError: It is not known and cannot be judged.
        """
        known = self._known.get(path)
        if known is not None:
            return known
        before = None
        with suppress(OSError, ValueError):
            before = path.stat()
        score = self._scorer.score(path)
        if before is not None:
            self._identities.note(_place(path), score.identity, before)
        return score


def _place(photo: Path) -> Path:
    """Where a photo lies, from wherever the program was started; links are not followed."""
    return Path(os.path.abspath(photo))  # noqa: PTH100
