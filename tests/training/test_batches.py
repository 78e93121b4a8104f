"""Batches of drawn pictures: the same place draws the same, and pictures of one frame stand side by side."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("keras")

from training.batches import DrawnBatches
from training.config import RunConfig, SampleMix, Stage
from training.photos import PictureStore, read_photos

UNTOUCHED = SampleMix(kadis=1.0, kadis_pristine=1.0, kadis_quality=1.0)
STAGE = Stage("6a", 32, 48, 1, 2, 5, 1e-3)


def _batches(folder: Path, mix: SampleMix) -> DrawnBatches:
    run = RunConfig(recipe="test", stages=(STAGE,), mix=mix)
    return DrawnBatches(read_photos(folder)[:6], PictureStore(), run, STAGE)


def test_two_pictures_of_a_frame_stand_side_by_side_and_the_last_may_stand_alone(photo_folder: Path) -> None:
    pictures, labels = _batches(photo_folder, replace(UNTOUCHED, frame_pictures=2))[0]
    assert pictures.shape == (5, 32, 48, 3)
    assert not labels.any()
    assert np.array_equal(pictures[0], pictures[1])
    assert np.array_equal(pictures[2], pictures[3])
    assert not np.array_equal(pictures[1], pictures[2])
    assert not np.array_equal(pictures[3], pictures[4])


def test_pictures_of_a_frame_get_defects_of_their_own(photo_folder: Path) -> None:
    batches = _batches(photo_folder, SampleMix(frame_pictures=5))
    labels = np.stack([batches[place][1] for place in range(12)])
    assert any(len(np.unique(batch, axis=0)) > 1 for batch in labels)


def test_one_picture_a_frame_is_the_rule_and_a_place_draws_the_same_again(photo_folder: Path) -> None:
    batches = _batches(photo_folder, UNTOUCHED)
    pictures = batches[1][0]
    assert not any(np.array_equal(pictures[place], pictures[place + 1]) for place in range(4))
    assert np.array_equal(batches[1][0], pictures)
    assert not np.array_equal(batches[0][0], pictures)
