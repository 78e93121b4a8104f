"""The second look at an edited photo asks both witnesses of blur, as the first look did."""

from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from app.edited_work import EditedRequest, EditedWork
from editor.core.exposure import Exposure
from editor.core.jobs import Cancellation
from editor.core.recipe import NEUTRAL
from editor.core.thumbnail_cache import ThumbnailCache
from quality.core.inference import open_model
from quality.core.score_cache import ScoreCache
from quality.core.scorer import Scorer

BRIGHTER = NEUTRAL.with_(Exposure(0.2))
BY_TILES = {"bias": -4.0, "frame": 0.0, "sharpest": 0.0, "lower": 0.0, "middle": 0.0, "coarseness": 3.0}


def _photo(path: Path, picture: NDArray[np.uint8]) -> Path:
    Image.fromarray(picture).save(path)
    return path


@pytest.fixture
def photos(tmp_path: Path) -> tuple[Path, Path]:
    """A sharp photo and the same one out of focus."""
    grain = np.random.default_rng(4).integers(40, 160, (300, 400, 3), dtype=np.uint8)
    sharp = cv2.GaussianBlur(grain, (0, 0), 0.6).astype(np.uint8)
    soft = cv2.GaussianBlur(grain, (0, 0), 2.5).astype(np.uint8)
    return _photo(tmp_path / "sharp.png", sharp), _photo(tmp_path / "soft.png", soft)


def test_an_edit_of_light_leaves_a_blurred_photo_blurred(
    photos: tuple[Path, Path], tiny_model: ModuleType, tmp_path: Path
) -> None:
    folder = tiny_model.write_model_with_tiles(tmp_path / "model", combined=BY_TILES)
    work = EditedWork(ThumbnailCache(tmp_path / "thumbnails"))
    work.model = open_model(folder, device="cpu")
    work.scores = ScoreCache(tmp_path / "scores.sqlite")
    scorer = Scorer(work.model, None)
    blur: list[float] = []
    for photo in photos:
        answers = [work(EditedRequest(photo, BRIGHTER), Cancellation()) for _ in range(2)]
        assert answers[0].score is not None
        assert answers[0].score == answers[1].score  # the second one is from the cache
        blur.append(answers[0].score.probabilities.blur)
        assert blur[-1] == pytest.approx(scorer.score(photo).probabilities.blur, abs=0.1)
    work.scores.close()
    assert blur[0] < 0.5 < blur[1]
