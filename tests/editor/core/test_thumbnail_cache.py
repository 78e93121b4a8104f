"""Thumbnails: kept small, found again, broken ones forgotten."""

import logging
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from editor.core.photo import PhotoIdentity
from editor.core.thumbnail_cache import LONGEST_SIDE, ThumbnailCache

IDENTITY = PhotoIdentity(1234, "ab" + "0" * 30)


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(tmp_path / "cache" / "thumbnails")


def entries(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_was_saved_is_loaded_by_any_cache_on_the_folder(
    cache: ThumbnailCache, tmp_path: Path, scenery: NDArray[np.uint8]
) -> None:
    assert cache.load(IDENTITY) is None
    cache.save(IDENTITY, scenery)
    loaded = ThumbnailCache(tmp_path / "cache" / "thumbnails").load(IDENTITY)
    assert loaded is not None
    assert loaded.shape == scenery.shape
    assert float(np.abs(loaded.astype(float) - scenery).mean()) < 8
    assert cache.load(PhotoIdentity(1235, IDENTITY.digest)) is None


@pytest.mark.parametrize(
    ("shape", "kept"), [((1000, 2000), (256, 512)), ((2048, 16), (512, 4)), ((40, 30), (40, 30))]
)
def test_the_longest_side_is_bounded_and_nothing_is_enlarged(
    cache: ThumbnailCache, shape: tuple[int, int], kept: tuple[int, int]
) -> None:
    cache.save(IDENTITY, np.full((*shape, 3), 77, dtype=np.uint8))
    loaded = cache.load(IDENTITY)
    assert loaded is not None
    assert loaded.shape == (*kept, 3)
    assert np.abs(loaded.astype(int) - 77).max() <= 1


def test_saving_does_not_touch_the_given_pixels(cache: ThumbnailCache) -> None:
    pixels = np.zeros((900, 700, 3), dtype=np.uint8)
    pixels.setflags(write=False)
    cache.save(IDENTITY, pixels)
    assert pixels.shape == (900, 700, 3)


@pytest.mark.parametrize("wrong", ["empty", "garbage", "short", "large", "gray", "png"])
def test_a_broken_entry_is_missing_and_removed(
    cache: ThumbnailCache,
    tmp_path: Path,
    scenery: NDArray[np.uint8],
    wrong: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    cache.save(IDENTITY, scenery)
    (path,) = entries(tmp_path)
    good = path.read_bytes()
    large = np.zeros((LONGEST_SIDE + 1, 8, 3), dtype=np.uint8)
    path.write_bytes(
        {
            "empty": b"",
            "garbage": b"garbage" * 50,
            "short": good[: len(good) // 2],
            "large": cv2.imencode(".jpg", large)[1].tobytes(),
            "gray": cv2.imencode(".jpg", scenery[:, :, 0])[1].tobytes(),
            "png": cv2.imencode(".png", scenery)[1].tobytes(),
        }[wrong]
    )
    with caplog.at_level(logging.WARNING):
        assert cache.load(IDENTITY) is None
    assert path.name in caplog.text
    assert entries(tmp_path) == []
    cache.save(IDENTITY, scenery)
    assert cache.load(IDENTITY) is not None


def test_a_folder_that_takes_nothing_is_only_logged(
    tmp_path: Path, scenery: NDArray[np.uint8], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = ThumbnailCache(tmp_path / "file" / "thumbnails")
    with caplog.at_level(logging.WARNING):
        cache.save(IDENTITY, scenery)
        assert cache.load(IDENTITY) is None
    assert "cannot be kept" in caplog.text
    assert "cannot be read" in caplog.text


def test_a_broken_entry_that_cannot_be_removed_is_only_logged(
    cache: ThumbnailCache,
    tmp_path: Path,
    scenery: NDArray[np.uint8],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    cache.save(IDENTITY, scenery)
    entries(tmp_path)[0].write_bytes(b"garbage")

    def refuse(_path: Path, **_options: bool) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with caplog.at_level(logging.WARNING):
        assert cache.load(IDENTITY) is None
    assert "cannot be removed" in caplog.text
