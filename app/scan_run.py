"""Judges the photos of a listing with several workers, in the listing's order; formats and prints nothing."""

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import cv2

from editor.core.errors import PhotoError
from quality.core.scorer import PhotoScore

_AHEAD_PER_WORKER = 32
_POLL_SECONDS = 0.2

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ScanRow:
    """What came of one photo.

    Attributes:
        path: The photo.
        score: Its score; None where it could not be judged.
        error: Why it could not be judged, a sentence; None where it could.
    """

    path: Path
    score: PhotoScore | None
    error: str | None


def scan_photos(
    photos: Iterable[Path],
    score: Callable[[Path], PhotoScore],
    workers: int,
    known: Callable[[Path], PhotoScore | None] = lambda _: None,
) -> Generator[ScanRow, None, None]:
    """Judges photos, each worker decoding and inferring one at a time.

    Until it ends, OpenCV does without threads of its own: the workers have every core already.

    One bad photo stops nothing: it becomes a row with its error. Only a few photos per worker are ahead of
    the row that is asked for, so memory does not grow with the folder. Leaving the iteration early, also by
    Ctrl+C, drops what has not begun and waits for what has.

    Args:
        photos: What to judge.
        score: Judges one photo; called on several threads at once.
        workers: How many threads, at least 1.
        known: Gives a score that no worker need be asked for; called on the thread that iterates.

    Yields:
        One row per photo, in the order of the photos.
    """
    threads_before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    pool = ThreadPoolExecutor(workers, thread_name_prefix="scan")
    remaining = iter(photos)

    def begun(count: int) -> Iterator[ScanRow | Future[ScanRow]]:
        for photo in islice(remaining, count):
            found = known(photo)
            yield pool.submit(_judge, photo, score) if found is None else ScanRow(photo, found, None)

    try:
        ahead = deque(begun(workers * _AHEAD_PER_WORKER))
        while ahead:
            first = ahead.popleft()
            row = first if isinstance(first, ScanRow) else _wait_for(first)
            ahead.extend(begun(1))
            yield row
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        cv2.setNumThreads(threads_before)


def _judge(photo: Path, score: Callable[[Path], PhotoScore]) -> ScanRow:
    try:
        return ScanRow(photo, score(photo), None)
    except PhotoError as error:
        return ScanRow(photo, None, error.reason)
    except Exception as error:
        _logger.exception("unexpected fault on %s", photo)
        return ScanRow(photo, None, f"The photo could not be judged: {type(error).__name__}: {error}")


def _wait_for(future: "Future[ScanRow]") -> ScanRow:
    """The row of a worker; looks up now and then, since Windows hears Ctrl+C only between two waits."""
    while not wait([future], timeout=_POLL_SECONDS).done:
        pass
    return future.result()
