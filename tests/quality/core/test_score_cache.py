"""Scores are found again under photo, model and preprocessing; a bad file never stops the program."""

import logging
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from editor.core.metadata import PhotoMetadata
from editor.core.photo import PhotoIdentity
from quality.core import score_cache
from quality.core.blur_evidence import TileEvidence
from quality.core.capture_json import capture_from_json
from quality.core.labels import PerDefect
from quality.core.light_measure import LightMeasure
from quality.core.score_cache import CachedScore, ScoreCache

MODEL = "a" * 64
PHOTO = PhotoIdentity(1000, "0" * 32)
SCORE = CachedScore(PerDefect(1.5, -2.25, 0.1), 6000, 4000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "below" / "scores.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[ScoreCache]:
    with closing(ScoreCache(path)) as cache:
        yield cache


def test_a_score_is_found_again_after_a_restart(path: Path, cache: ScoreCache) -> None:
    cache.save(PHOTO, MODEL, SCORE)
    assert cache.load(PHOTO, MODEL) == SCORE
    cache.close()
    with closing(ScoreCache(path)) as again:
        assert again.load(PHOTO, MODEL) == SCORE


def test_measured_light_and_capture_are_kept(cache: ScoreCache) -> None:
    light = LightMeasure(0.1, 1 / 3, 0.9, 0.0, 1e-9)
    taken = datetime(2026, 5, 1, 21, 4, 3, 120_000, tzinfo=timezone(timedelta(hours=2)))
    metadata = PhotoMetadata(taken_at=taken, camera="Ünï X100", exposure_s=1 / 15, aperture=2.8, iso=800)
    score = CachedScore(PerDefect(1.0, 2.0, 3.0), 6, 4, light, metadata)
    cache.save(PHOTO, MODEL, score)
    assert cache.load(PHOTO, MODEL) == score


@pytest.mark.parametrize("streak", [None, 1 / 3])
def test_what_the_tiles_said_is_kept(cache: ScoreCache, streak: float | None) -> None:
    said = TileEvidence(5, -3.25, 0.1 + 0.2, 1e-9, streak)
    score = CachedScore(PerDefect(1.0, 2.0, 3.0), 6, 4, tiles=said)
    cache.save(PHOTO, MODEL, score)
    assert cache.load(PHOTO, MODEL) == score


@pytest.mark.parametrize("text", ["", "[]", "{", '{"taken_at": "soon"}', '{"taken_at": 3}'])
def test_capture_that_makes_no_sense_is_unknown(text: str) -> None:
    assert capture_from_json(text) == PhotoMetadata()
    assert capture_from_json('{"iso": 100, "later": 1}') == PhotoMetadata(iso=100)


def test_floats_keep_every_bit(cache: ScoreCache) -> None:
    score = CachedScore(PerDefect(0.1 + 0.2, -1e-308, 1 / 3), 1, 1)
    cache.save(PHOTO, MODEL, score)
    assert cache.load(PHOTO, MODEL) == score


def test_another_photo_model_or_preprocessing_is_unknown(
    cache: ScoreCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.save(PHOTO, MODEL, SCORE)
    assert cache.load(PhotoIdentity(1001, PHOTO.digest), MODEL) is None
    assert cache.load(PhotoIdentity(1000, "1" * 32), MODEL) is None
    assert cache.load(PHOTO, "b" * 64) is None
    monkeypatch.setattr(score_cache, "PREPROCESS_VERSION", -1)
    assert cache.load(PHOTO, MODEL) is None


def test_a_later_score_takes_the_place_of_an_earlier_one(cache: ScoreCache) -> None:
    cache.save(PHOTO, MODEL, CachedScore(PerDefect(0.0, 0.0, 0.0), 1, 1))
    cache.save(PHOTO, MODEL, SCORE)
    assert cache.load(PHOTO, MODEL) == SCORE


def test_many_are_found_at_once(cache: ScoreCache) -> None:
    photos = [PhotoIdentity(size, "0" * 32) for size in range(3000)]
    for photo in photos[::2]:
        cache.save(photo, MODEL, CachedScore(PerDefect(0.0, 0.0, 0.0), photo.size, 1))
    found = cache.load_many(photos, MODEL)
    assert list(found) == photos[::2] or set(found) == set(photos[::2])
    assert all(score.width == photo.size for photo, score in found.items())
    assert cache.load_many([], MODEL) == {}


def test_only_finite_logits_are_stored(cache: ScoreCache) -> None:
    with pytest.raises(ValueError, match="finite"):
        cache.save(PHOTO, MODEL, CachedScore(PerDefect(0.0, float("nan"), 0.0), 1, 1))
    assert cache.load(PHOTO, MODEL) is None


def test_threads_share_one_cache(cache: ScoreCache) -> None:
    def work(size: int) -> CachedScore | None:
        photo = PhotoIdentity(size, "0" * 32)
        cache.save(photo, MODEL, CachedScore(PerDefect(0.0, 0.0, 0.0), size, 1))
        return cache.load(photo, MODEL)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(400)))
    assert [score and score.width for score in found] == list(range(400))


def test_two_programs_share_one_file(path: Path, cache: ScoreCache) -> None:
    with closing(ScoreCache(path)) as other:
        other.save(PHOTO, MODEL, SCORE)
        assert cache.load(PHOTO, MODEL) == SCORE


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_begun_anew(path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with closing(ScoreCache(path)) as cache:
        cache.save(PHOTO, MODEL, SCORE)
        assert cache.load(PHOTO, MODEL) == SCORE
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "damaged" in caplog.text


def test_damage_found_later_is_mended(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(ScoreCache(path)) as cache:
        for size in range(2000):
            cache.save(PhotoIdentity(size, "0" * 32), MODEL, SCORE)
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)
    with closing(ScoreCache(path)) as cache:
        assert cache.load_many([PhotoIdentity(size, "0" * 32) for size in range(2000)], MODEL) == {}
        cache.save(PHOTO, MODEL, SCORE)
        assert cache.load(PHOTO, MODEL) == SCORE
    assert "damaged" in caplog.text


def test_a_table_of_another_version_is_replaced(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE score (identity TEXT)")
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    with closing(ScoreCache(path)) as cache:
        cache.save(PHOTO, MODEL, SCORE)
        assert cache.load(PHOTO, MODEL) == SCORE
    assert not caplog.records


def test_a_foreign_table_is_begun_anew(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE score (identity TEXT)")
        connection.execute(f"PRAGMA user_version = {score_cache._VERSION}")
        connection.commit()
    with closing(ScoreCache(path)) as cache:
        cache.save(PHOTO, MODEL, SCORE)
        assert cache.load(PHOTO, MODEL) == SCORE
    assert "damaged" in caplog.text


def assert_off(cache: ScoreCache, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is stored, nothing fails, and it was said exactly once."""
    for _ in range(3):
        cache.save(PHOTO, MODEL, SCORE)
        assert cache.load(PHOTO, MODEL) is None
    assert not cache.enabled
    assert len(caplog.records) == 1
    assert "not cached" in caplog.text


def test_a_folder_that_cannot_be_made(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_bytes(b"")
    with closing(ScoreCache(tmp_path / "file" / "scores.sqlite")) as cache:
        assert_off(cache, caplog)


def test_a_path_that_is_a_folder(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(ScoreCache(tmp_path)) as cache:
        assert_off(cache, caplog)


def test_a_locked_file(path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(score_cache, "_BUSY_SECONDS", 0.01)
    with closing(ScoreCache(path)) as cache, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert cache.load(PHOTO, MODEL) is None, "reading goes on beside a writer"
        assert_off(cache, caplog)
        other.rollback()


def test_a_full_disk(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(ScoreCache(path)) as cache:
        assert cache._connection is not None
        cache._connection.execute("PRAGMA max_page_count = 1")
        for size in range(2000):
            cache.save(PhotoIdentity(size, "0" * 32), MODEL, SCORE)
        assert_off(cache, caplog)
    assert "full" in caplog.text


def test_a_read_only_file(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(ScoreCache(path)) as cache:
        assert cache._connection is not None
        cache._connection.execute("PRAGMA query_only = 1")
        assert_off(cache, caplog)
    assert "readonly" in caplog.text


def test_closing_twice_is_no_error(cache: ScoreCache) -> None:
    cache.close()
    cache.close()
    assert not cache.enabled
    assert cache.load(PHOTO, MODEL) is None


def test_a_full_disk_still_gives_what_was_stored(path: Path) -> None:
    with closing(ScoreCache(path)) as cache:
        cache.save(PHOTO, MODEL, SCORE)
        assert cache.problem == ""
        assert cache._connection is not None
        cache._connection.execute("PRAGMA max_page_count = 1")
        for size in range(2000):
            cache.save(PhotoIdentity(size, "0" * 32), MODEL, SCORE)
        assert not cache.enabled
        assert cache.load(PHOTO, MODEL) == SCORE
        assert str(path) in cache.problem
        assert cache.problem.endswith("judged again next time.")


def test_a_place_that_takes_no_log_still_gives_what_was_stored(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(ScoreCache(path)) as cache:
        cache.save(PHOTO, MODEL, SCORE)

    def refuse(_: sqlite3.Connection) -> None:
        error = sqlite3.OperationalError("attempt to write a readonly database")
        error.sqlite_errorcode = sqlite3.SQLITE_READONLY
        raise error

    monkeypatch.setattr("quality.core.score_cache._prepare", refuse)
    before = path.read_bytes()
    with closing(ScoreCache(path)) as cache:
        assert not cache.enabled
        assert "readonly" in cache.problem
        cache.save(PhotoIdentity(9, "0" * 32), MODEL, SCORE)
        assert cache.load(PHOTO, MODEL) == SCORE
        assert cache.load(PhotoIdentity(9, "0" * 32), MODEL) is None
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    ["blur = 'much'", "blur = 9e999", "width = -4", "low = 'dark'", "tiles = '['", "tiles = '[1, 2'"],
)
def test_values_that_make_no_sense_are_judged_again(path: Path, change: str) -> None:
    with closing(ScoreCache(path)) as cache:
        cache.save(PHOTO, MODEL, SCORE)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE score SET {change}")  # noqa: S608 (the changes above)
        connection.commit()
    with closing(ScoreCache(path)) as cache:
        assert cache.load(PHOTO, MODEL) is None
        cache.save(PHOTO, MODEL, SCORE)
        assert cache.load(PHOTO, MODEL) == SCORE
