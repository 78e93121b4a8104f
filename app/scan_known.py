"""Takes the scores of photos that have not changed from the caches, so that a second scan reads no photo."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from editor.core.identity_cache import IdentityCache
from quality.core.scorer import KnownScores, PhotoScore, Scorer

IDENTITIES_FILE = "identities.sqlite"
"""Where identities are remembered, in the cache folder; the window keeps them in the same file."""


class KnownFirst:
    """Judges photos, known ones without opening them; threads may share it."""

    def __init__(
        self,
        scores: KnownScores,
        identities: IdentityCache,
        photos: Sequence[Path],
        scorer: Callable[[], Scorer],
    ) -> None:
        """Looks up all photos at once.

        Args:
            scores: What was judged before.
            identities: Remembers photos by place, size and time.
            photos: What will be asked for.
            scorer: Gives who judges those that are not known; asked here, once, where there are any.

        Raises:
            QualityError: Nobody can judge them.
        """
        self._identities = identities
        by_place = {_place(photo): photo for photo in photos}
        found = identities.load(by_place)
        known = scores.known(set(found.values()))
        self._known = {
            by_place[place]: known[identity] for place, identity in found.items() if identity in known
        }
        self._scorer = scorer() if len(self._known) < len(by_place) else None

    def known(self, path: Path) -> PhotoScore | None:
        """The score of one photo, without waiting; None where the photo has to be judged."""
        return self._known.get(path)

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
        if self._scorer is None:
            raise LookupError(f"{path} was not among the photos that were looked up")
        score = self._scorer.score(path)
        if before is not None:
            self._identities.note(_place(path), score.identity, before)
        return score


def _place(photo: Path) -> Path:
    """Where a photo lies, from wherever the program was started; links are not followed."""
    folder = os.path.split(photo)[0]
    absolute = _absolute(folder)
    return photo if absolute == folder else Path(absolute, photo.name)


@lru_cache(maxsize=64)
def _absolute(folder: str) -> str:
    """Found once for all photos of a folder; the program stays where it was started."""
    return os.path.abspath(folder)  # noqa: PTH100
