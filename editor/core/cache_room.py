"""How much room the user's caches take on the disk, and how it is made again; touches nothing precious.

Only the folder of thumbnails is trimmed: each of its files can be made again from its photo.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from editor.core.cancellation import Cancellation

_ENDINGS = (".jpg", ".part")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CacheSize:
    """What lies in the cache.

    Attributes:
        thumbnails: How many files of thumbnails.
        thumbnail_bytes: Their bytes.
        score_bytes: Bytes of the files with scores.
    """

    thumbnails: int
    thumbnail_bytes: int
    score_bytes: int

    @property
    def byte_count(self) -> int:
        """All bytes."""
        return self.thumbnail_bytes + self.score_bytes


@dataclass(frozen=True, slots=True)
class _CachedFile:
    used_ns: int
    size: int
    path: str


def measure_cache(thumbnails: Path, scores: Path, cancellation: Cancellation) -> CacheSize:
    """Counts what lies in the cache.

    Args:
        thumbnails: The folder of thumbnails, which need not exist.
        scores: The database of scores; the files beside it whose names begin with its name count too.
        cancellation: Looked at between files.

    Raises:
        JobCancelled: It was cancelled.
    """
    sizes = [file.size for file in _files(thumbnails, cancellation)]
    return CacheSize(len(sizes), sum(sizes), _score_bytes(scores))


def trim_thumbnails(folder: Path, byte_limit: int, cancellation: Cancellation) -> int:
    """Deletes the thumbnails that were not used for longest, until the rest fits.

    Args:
        folder: The folder of thumbnails, which need not exist.
        byte_limit: What may stay, in bytes; 0 deletes all.
        cancellation: Looked at between files.

    Returns:
        How many were deleted; one that cannot be deleted stays, which is logged.

    Raises:
        JobCancelled: It was cancelled.
    """
    files = sorted(_files(folder, cancellation), key=lambda file: file.used_ns)
    total, deleted = sum(file.size for file in files), 0
    for file in files:
        if total <= byte_limit:
            break
        cancellation.raise_if_cancelled()
        try:
            Path(file.path).unlink(missing_ok=True)
        except OSError as error:
            _logger.warning("A thumbnail cannot be deleted: %s", error)
            continue
        total -= file.size
        deleted += 1
    return deleted


def _files(folder: Path, cancellation: Cancellation) -> Iterator[_CachedFile]:
    """The thumbnails in the folders of two letters below; what vanishes meanwhile is left out."""
    for place in _entries(folder):
        if len(place.name) != 2 or not place.is_dir(follow_symlinks=False):
            continue
        for entry in _entries(Path(place.path)):
            cancellation.raise_if_cancelled()
            if entry.name.endswith(_ENDINGS) and entry.is_file(follow_symlinks=False):
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:
                    continue
                yield _CachedFile(status.st_mtime_ns, status.st_size, entry.path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _score_bytes(scores: Path) -> int:
    total = 0
    for entry in _entries(scores.parent):
        if entry.name.startswith(scores.name):
            try:
                total += entry.stat(follow_symlinks=False).st_size
            except OSError:
                continue
    return total
