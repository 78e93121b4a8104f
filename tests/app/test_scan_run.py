"""Rows come in the photos' order, one bad photo stops nothing, and stopping drops what has not begun."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app import scan_run
from app.scan_run import scan_photos
from editor.core.errors import PhotoUnreadableError
from editor.core.photo import PhotoIdentity
from quality.core.labels import PerDefect
from quality.core.scorer import PhotoScore

PHOTOS = [Path(f"{number}.jpg") for number in range(300)]


def score_of(path: Path) -> PhotoScore:
    return PhotoScore(PhotoIdentity(int(path.stem), ""), 1, 1, PerDefect(0.0, 0.0, 0.0))


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_rows_keep_the_order(workers: int) -> None:
    rows = list(scan_photos(PHOTOS, score_of, workers))
    assert [row.path for row in rows] == PHOTOS
    assert [row.score and row.score.identity.size for row in rows] == list(range(300))
    assert all(row.error is None for row in rows)


def test_no_photos() -> None:
    assert list(scan_photos([], score_of, 2)) == []


def test_a_slow_first_photo_does_not_change_the_order() -> None:
    second_done = threading.Event()

    def score(path: Path) -> PhotoScore:
        if path == PHOTOS[0]:
            second_done.wait()
        elif path == PHOTOS[1]:
            second_done.set()
        return score_of(path)

    assert [row.path for row in scan_photos(PHOTOS[:5], score, 2)] == PHOTOS[:5]


def test_workers_work_side_by_side() -> None:
    meeting = threading.Barrier(3)

    def score(path: Path) -> PhotoScore:
        meeting.wait()
        return score_of(path)

    assert len(list(scan_photos(PHOTOS[:6], score, 3))) == 6


def test_a_bad_photo_becomes_a_row() -> None:
    def score(path: Path) -> PhotoScore:
        if path == PHOTOS[1]:
            raise PhotoUnreadableError(path, "The file ends too early.")
        return score_of(path)

    rows = list(scan_photos(PHOTOS[:3], score, 2))
    assert [row.error for row in rows] == [None, "The file ends too early.", None]
    assert rows[1].score is None


def test_an_unexpected_fault_becomes_a_row_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def score(path: Path) -> PhotoScore:
        raise RecursionError(path.name)

    (row,) = scan_photos(PHOTOS[:1], score, 2)
    assert row.score is None
    assert row.error == "The photo could not be judged: RecursionError: 0.jpg"
    assert "unexpected fault" in caplog.text


def test_only_a_few_photos_are_ahead() -> None:
    begun = []

    def photos() -> object:
        for photo in PHOTOS:
            begun.append(photo)
            yield photo

    rows = scan_photos(photos(), score_of, 1)  # type: ignore[arg-type]
    next(rows)
    assert len(begun) < 100
    rows.close()


def test_stopping_drops_what_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    stopping = threading.Event()

    class Watched(ThreadPoolExecutor):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            super().shutdown(wait=False, cancel_futures=cancel_futures)
            stopping.set()
            super().shutdown(wait=wait)

    monkeypatch.setattr(scan_run, "ThreadPoolExecutor", Watched)
    begun: list[Path] = []
    rows = scan_photos(PHOTOS, held_back(begun, stopping), 2)
    next(rows)
    before = threading.active_count()
    rows.close()
    assert len(begun) <= 3
    assert threading.active_count() == before - 2


def held_back(begun: list[Path], gate: threading.Event) -> Callable[[Path], PhotoScore]:
    """Judges the first photo at once and holds every other back until the gate opens."""

    def score(path: Path) -> PhotoScore:
        begun.append(path)
        if path != PHOTOS[0]:
            gate.wait()
        return score_of(path)

    return score


def test_what_is_known_comes_in_its_place_without_a_worker() -> None:
    asked = []

    def score(path: Path) -> PhotoScore:
        asked.append(path)
        return score_of(path)

    known = {photo: score_of(photo) for photo in PHOTOS[1::2]}
    rows = list(scan_photos(PHOTOS, score, 2, known.get))
    assert [row.path for row in rows] == PHOTOS
    assert all(row.score == score_of(row.path) and row.error is None for row in rows)
    assert sorted(asked) == sorted(PHOTOS[::2])
