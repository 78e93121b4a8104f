"""The room of the cache: counted, trimmed from the longest unused on, and nothing else is touched."""

import os
from pathlib import Path

import pytest

from editor.core.cache_room import CacheSize, measure_cache, trim_thumbnails
from editor.core.cancellation import Cancellation, JobCancelled


def keep(folder: Path, name: str, size: int, used: int) -> Path:
    """A thumbnail as the cache lays it down: below two letters of its name."""
    path = folder / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    os.utime(path, (used, used))
    return path


def test_thumbnails_and_scores_are_counted(tmp_path: Path) -> None:
    thumbnails, scores = tmp_path / "thumbnails", tmp_path / "scores.sqlite"
    assert measure_cache(thumbnails, scores, Cancellation()) == CacheSize(0, 0, 0)
    keep(thumbnails, "ab1.jpg", 100, 1)
    keep(thumbnails, "cd2.jpg", 30, 2)
    (thumbnails / "notes.txt").write_text("of somebody else")
    scores.write_bytes(bytes(7))
    (tmp_path / "scores.sqlite-wal").write_bytes(bytes(5))
    (tmp_path / "framesift.log").write_bytes(bytes(1000))
    size = measure_cache(thumbnails, scores, Cancellation())
    assert size == CacheSize(2, 130, 12)
    assert size.byte_count == 142


def test_the_longest_unused_goes_first_and_only_as_much_as_needed(tmp_path: Path) -> None:
    old, middle, new = (keep(tmp_path, f"a{n}x.jpg", 100, n) for n in (1, 2, 3))
    assert trim_thumbnails(tmp_path, 300, Cancellation()) == 0
    assert trim_thumbnails(tmp_path, 200, Cancellation()) == 1
    assert (old.exists(), middle.exists(), new.exists()) == (False, True, True)
    assert trim_thumbnails(tmp_path, 0, Cancellation()) == 2
    assert not middle.exists()
    assert not new.exists()


def test_nothing_but_thumbnails_is_deleted(tmp_path: Path) -> None:
    others = [tmp_path / "mine.jpg", tmp_path / "ab" / "notes.txt", tmp_path / "photos" / "holiday.jpg"]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(10))
    original = tmp_path.parent / "original.jpg"
    original.write_bytes(bytes(10))
    (tmp_path / "ab" / "link.jpg").symlink_to(original)
    assert trim_thumbnails(tmp_path, 0, Cancellation()) == 0
    assert all(path.exists() for path in (*others, original))


def test_a_cancelled_look_ends(tmp_path: Path) -> None:
    keep(tmp_path, "ab1.jpg", 1, 1)
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(JobCancelled):
        measure_cache(tmp_path, tmp_path / "scores.sqlite", cancellation)
