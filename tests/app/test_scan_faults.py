"""What goes wrong under a scan: each fault has a row and a sentence, and nothing wrong is remembered."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.cli import run
from app.photo_work import load_thumbnail
from app.scan_run import scan_photos
from editor.core.errors import PhotoUnreadableError
from editor.core.folder import scan_folder
from editor.core.photo import PhotoIdentity
from editor.core.photo_change import CHANGED_MEANWHILE
from editor.core.thumbnail_cache import ThumbnailCache
from quality.core.inference import QualityModel, open_model
from quality.core.score_cache import CachedScore, ScoreCache
from quality.core.scorer import Scorer

NAMES = ["two\nlines", "tab\t", "\x1b[31mred", "été", "写真", "صورة", "😀", "-rf", "%s;$(x)", "quote\",'"]


@pytest.fixture
def model(tiny_model_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> QualityModel:
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tiny_model_folder))
    monkeypatch.setenv("FRAMESIFT_CACHE", str(tmp_path / "cache"))
    return open_model(tiny_model_folder, device="cpu")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ScoreCache]:
    with closing(ScoreCache(tmp_path / "scores.sqlite")) as cache:
        yield cache


def photo_bytes(seed: int = 1) -> bytes:
    pixels = np.random.default_rng(seed).integers(60, 190, (48, 64, 3), np.uint8)
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "JPEG", quality=95)
    return content.getvalue()


def draw(folder: Path, names: list[str]) -> list[Path]:
    folder.mkdir()
    for number, name in enumerate(names):
        (folder / name).write_bytes(photo_bytes(number))
    return list(scan_folder(folder).photos)


def test_a_folder_that_is_removed_during_a_scan(tmp_path: Path, model: QualityModel) -> None:
    photos = draw(tmp_path / "shoot", [f"{number}.jpg" for number in range(60)])
    rows = scan_photos(photos, Scorer(model, None).score, 1)
    first = next(rows)
    shutil.rmtree(tmp_path / "shoot")
    rest = list(rows)
    assert first.score is not None
    assert [row.path for row in rest] == photos[1:]
    missing = [row for row in rest if row.score is None]
    assert missing
    assert {row.error for row in missing} == {
        "The file is no longer there; it was moved, renamed or deleted."
    }


@pytest.mark.parametrize("end", [1000, None])
def test_a_photo_that_grows_while_it_is_judged_is_not_remembered(
    tmp_path: Path,
    model: QualityModel,
    cache: ScoreCache,
    monkeypatch: pytest.MonkeyPatch,
    end: int | None,
) -> None:
    (photo,) = draw(tmp_path / "shoot", ["a.jpg"])
    photo.write_bytes(photo_bytes()[:end])
    decode = __import__("quality.core.scorer", fromlist=["decode"]).decode
    saved: list[PhotoIdentity] = []
    monkeypatch.setattr(cache, "save", lambda identity, *_: saved.append(identity))

    def copied_meanwhile(path: Path, at_least: tuple[int, int] | None = None) -> object:
        with path.open("ab") as file:
            file.write(b"the next part")
        return decode(path, at_least)

    monkeypatch.setattr("quality.core.scorer.decode", copied_meanwhile)
    shown: list[object] = []
    with pytest.raises(PhotoUnreadableError) as caught:
        Scorer(model, cache).score(photo, lambda pixels, _: shown.append(pixels))
    assert caught.value.reason == CHANGED_MEANWHILE
    assert saved == shown == []
    monkeypatch.setattr("quality.core.scorer.decode", decode)
    photo.write_bytes(photo_bytes())
    assert Scorer(model, cache).score(photo).width == 64
    assert len(saved) == 1


def test_a_thumbnail_of_half_a_copy_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (photo,) = draw(tmp_path / "shoot", ["a.jpg"])
    decode = __import__("app.photo_work", fromlist=["decode"]).decode

    def copied_meanwhile(path: Path, at_least: tuple[int, int] | None = None) -> object:
        picture = decode(path, at_least)
        path.write_bytes(photo_bytes(2) + b"more")
        return picture

    monkeypatch.setattr("app.photo_work.decode", copied_meanwhile)
    with pytest.raises(PhotoUnreadableError, match="changed while it was read"):
        load_thumbnail(photo, ThumbnailCache(tmp_path / "thumbnails"))
    assert not (tmp_path / "thumbnails").exists()


def test_any_name_has_one_line_and_comes_back_from_every_format(
    tmp_path: Path, model: QualityModel, capsys: pytest.CaptureFixture[str]
) -> None:
    shoot = tmp_path / "shoot"
    photos = draw(shoot, [f"{name}.jpg" for name in NAMES])
    found = {}
    for style in ("table", "json", "csv"):
        assert run(["scan", str(shoot), "--format", style]) == 0
        found[style] = capsys.readouterr().out
    names = [path.name for path in photos]
    assert [photo["path"] for photo in json.loads(found["json"])["photos"]] == names
    assert [row["path"] for row in csv.DictReader(io.StringIO(found["csv"], newline=""))] == names
    lines = found["table"].splitlines()
    assert lines.index("") == len(NAMES) + 1
    assert "\x1b" not in found["table"]
    assert model.device == "CPU"


def test_scores_that_cannot_be_kept_are_said_once(
    tmp_path: Path,
    model: QualityModel,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    draw(tmp_path / "shoot", ["a.jpg", "b.jpg", "c.jpg"])
    save = ScoreCache.save

    def on_a_full_disk(cache: ScoreCache, identity: PhotoIdentity, key: str, score: CachedScore) -> None:
        assert cache._connection is not None
        cache._connection.execute("PRAGMA query_only = 1")
        save(cache, identity, key, score)

    monkeypatch.setattr(ScoreCache, "save", on_a_full_disk)
    assert run(["scan", str(tmp_path / "shoot"), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["summary"]["judged"] == 3
    assert err.count("judged again next time") == 1
    assert model.device == "CPU"
