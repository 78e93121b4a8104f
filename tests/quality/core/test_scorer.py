"""One decode feeds everybody, and a cached score is exactly a fresh one."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from editor.core.decode import decode
from editor.core.errors import PhotoError, PhotoMissingError, PhotoUnreadableError
from editor.core.photo import read_identity
from editor.core.pixels import Picture
from quality.core import scorer as scorer_module
from quality.core.errors import ModelError
from quality.core.inference import QualityModel, open_model
from quality.core.labels import PerDefect
from quality.core.score_cache import ScoreCache
from quality.core.scorer import Scorer


@pytest.fixture
def model(tiny_model_folder: Path) -> QualityModel:
    return open_model(tiny_model_folder, device="cpu")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ScoreCache]:
    with closing(ScoreCache(tmp_path / "scores.sqlite")) as cache:
        yield cache


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A dark portrait-format photo, stored lying on its side, 600 x 900 upright."""
    pixels = np.random.default_rng(0).integers(0, 60, (600, 900, 3), np.uint8)
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    Image.fromarray(pixels).save(path, quality=95, exif=exif)
    return path


def test_a_photo_is_judged(model: QualityModel, photo: Path) -> None:
    score = Scorer(model, None).score(photo)
    assert score.identity == read_identity(photo)
    assert (score.width, score.height) == (600, 900)
    assert score.probabilities.under > 0.5 > score.probabilities.over
    assert all(0 <= probability <= 1 for probability in score.probabilities)


def test_light_and_capture_come_with_the_score(model: QualityModel, photo: Path) -> None:
    score = Scorer(model, None).score(photo)
    assert score.metadata.orientation == 6
    assert score.light is not None
    assert 0 < score.light.middle < 0.05
    assert score.light.recoverable_ev > 3


def test_a_cached_score_is_exactly_a_fresh_one(
    model: QualityModel, cache: ScoreCache, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Scorer(model, None).score(photo)
    first = Scorer(model, cache).score(photo)
    monkeypatch.setattr(scorer_module, "decode", None)
    again = Scorer(model, cache).score(photo)
    assert fresh == first == again


def test_temperature_applies_to_what_is_cached(model: QualityModel, cache: ScoreCache, photo: Path) -> None:
    warm = Scorer(model, cache).score(photo)
    model.contract = replace(model.contract, temperature=PerDefect(1.0, 4.0, 1.0))
    cool = Scorer(model, cache).score(photo)
    assert cool.probabilities.blur == warm.probabilities.blur
    assert 0.5 < cool.probabilities.under < warm.probabilities.under
    assert cool == Scorer(model, None).score(photo)


def test_one_decode_feeds_both(
    model: QualityModel, cache: ScoreCache, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decodes: list[Path] = []

    def counting(path: Path, at_least: tuple[int, int]) -> Picture:
        decodes.append(path)
        return decode(path, at_least)

    monkeypatch.setattr(scorer_module, "decode", counting)
    seen: list[tuple[tuple[int, ...], int]] = []
    scorer = Scorer(model, cache)
    first = scorer.score(photo, lambda srgb8, picture: seen.append((srgb8.shape, picture.full_height)))
    assert decodes == [photo]
    assert seen == [((900, 600, 3), 900)]
    again = scorer.score(photo, lambda srgb8, picture: seen.append((srgb8.shape, picture.full_height)))
    assert len(decodes) == len(seen) == 2, "a known photo is still shown"
    assert again == first
    scorer.score(photo)
    assert len(decodes) == 2


def test_a_known_photo_is_not_asked_about_again(
    model: QualityModel, cache: ScoreCache, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scorer = Scorer(model, cache)
    first = scorer.score(photo)
    monkeypatch.setattr(model, "run", None)
    assert scorer.score(photo, lambda _srgb8, _picture: None) == first


def test_a_copy_under_another_name_is_known(
    model: QualityModel, cache: ScoreCache, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Scorer(model, cache).score(photo)
    copy = photo.with_name("copy.jpg")
    copy.write_bytes(photo.read_bytes())
    monkeypatch.setattr(scorer_module, "decode", None)
    assert Scorer(model, cache).score(copy) == first


def test_known_scores_are_listed_without_opening_photos(
    model: QualityModel, cache: ScoreCache, photo: Path
) -> None:
    scorer = Scorer(model, cache)
    identity = read_identity(photo)
    assert scorer.known([identity]) == {}
    score = scorer.score(photo)
    photo.unlink()
    assert scorer.known([identity]) == {identity: score}
    assert Scorer(model, None).known([identity]) == {}


def test_scores_of_many_photos_are_those_of_each(model: QualityModel, cache: ScoreCache, photo: Path) -> None:
    scorer = Scorer(model, cache)
    photos = [photo.with_name(f"{number}.png") for number in range(9)]
    for number, path in enumerate(photos):
        Image.new("RGB", (64, 48), (20 * number, 200, 30)).save(path)
    scores = [scorer.score(path) for path in photos]
    assert len({score.probabilities for score in scores}) == len(photos)
    assert scorer.known(score.identity for score in scores) == {score.identity: score for score in scores}


def test_another_model_judges_anew(
    model: QualityModel, cache: ScoreCache, photo: Path, tiny_model: ModuleType, tmp_path: Path
) -> None:
    Scorer(model, cache).score(photo)
    folder = tiny_model.write_model(tmp_path / "other", tiny_model.network(("M", 384, 512, 3)))
    other = open_model(folder, device="cpu")
    assert other.sha256 != model.sha256
    assert Scorer(other, cache).known([read_identity(photo)]) == {}


def test_a_missing_photo(model: QualityModel, tmp_path: Path) -> None:
    with pytest.raises(PhotoMissingError):
        Scorer(model, None).score(tmp_path / "none.jpg")


def test_a_broken_photo_is_not_cached(model: QualityModel, cache: ScoreCache, photo: Path) -> None:
    photo.write_bytes(photo.read_bytes()[:2000])
    with pytest.raises(PhotoUnreadableError):
        Scorer(model, cache).score(photo)
    assert Scorer(model, cache).known([read_identity(photo)]) == {}


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_a_number_is_never_a_good_photo(
    model: QualityModel, cache: ScoreCache, photo: Path, monkeypatch: pytest.MonkeyPatch, value: float
) -> None:
    monkeypatch.setattr(model, "run", lambda _batch: np.full((1, 3), value, np.float32))
    with pytest.raises(PhotoError, match="could not be judged"):
        Scorer(model, cache).score(photo)
    assert Scorer(model, cache).known([read_identity(photo)]) == {}


def test_a_failing_network_is_the_photos_error(
    model: QualityModel, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_batch: object) -> None:
        raise ModelError(Path("quality.onnx"), "out of memory")

    monkeypatch.setattr(model, "run", fail)
    with pytest.raises(PhotoError, match="could not be judged: out of memory"):
        Scorer(model, None).score(photo)
