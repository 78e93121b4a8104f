"""Frames of one scene or two, and what a frame counts as when one of them is dark or bright on purpose."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("keras")

from training.config import SampleMix
from training.photos import PictureStore, SourcePhoto
from training.scene_draws import SceneDraws

PLAIN = SampleMix(native_crop=0.0, natural_weight=1.0)


@pytest.fixture(scope="module")
def flat_photos(tmp_path_factory: pytest.TempPathFactory) -> tuple[SourcePhoto, ...]:
    """Four scenes of one grey each; the first two are dark on purpose, the third is bright."""
    folder = tmp_path_factory.mktemp("flat")
    photos = []
    for grey, natural in ((10, "night"), (40, "lowkey"), (230, "highkey"), (120, "")):
        path = folder / f"{grey}.png"
        Image.new("RGB", (80, 60), (grey, grey, grey)).save(path)
        photos.append(SourcePhoto(str(grey), path, natural=natural))
    return tuple(photos)


def _greys(draws: SceneDraws, seed: int) -> tuple[list[int], str]:
    frame, natural = draws.draw(48, 64, np.random.default_rng(seed))
    assert frame.shape == (48, 64, 3)
    assert frame.dtype == np.uint8
    corners = (frame[0, 0, 0], frame[-1, -1, 0])
    return [int(corner) for corner in corners], natural


def test_without_a_montage_a_frame_shows_one_scene(flat_photos: tuple[SourcePhoto, ...]) -> None:
    draws = SceneDraws(flat_photos, PictureStore(), PLAIN)
    kinds = {photo.path.stem: photo.natural for photo in flat_photos}
    drawn = [_greys(draws, seed) for seed in range(40)]
    assert all(first == last and natural == kinds[str(first)] for (first, last), natural in drawn)
    assert len({natural for _, natural in drawn}) == 4


def test_a_montage_shows_two_scenes_and_is_as_dark_or_bright_as_either(
    flat_photos: tuple[SourcePhoto, ...],
) -> None:
    draws = SceneDraws(flat_photos, PictureStore(), replace(PLAIN, montage=1.0))
    kinds = {photo.path.stem: photo.natural for photo in flat_photos}
    drawn = [_greys(draws, seed) for seed in range(200)]
    assert sum(first != last for (first, last), _ in drawn) > 60
    for (first, last), natural in drawn:
        assert natural == kinds[str(first)] or (first == 120 and natural == kinds[str(last)])


def test_dark_scenes_stand_beside_dark_ones_more_often_than_by_chance(
    flat_photos: tuple[SourcePhoto, ...],
) -> None:
    draws = SceneDraws(flat_photos, PictureStore(), replace(PLAIN, montage=1.0))
    pairs = [
        pair for pair, natural in (_greys(draws, seed) for seed in range(400)) if pair[0] < 50 and natural
    ]
    dark = sum(last < 50 for _, last in pairs)
    assert dark / len(pairs) == pytest.approx(0.75, abs=0.1)


def test_other_colours_are_drawn_only_where_asked(tmp_path: Path) -> None:
    red = tmp_path / "red.png"
    Image.new("RGB", (80, 60), (200, 20, 20)).save(red)
    photos = (SourcePhoto("red", red),)
    plain = SceneDraws(photos, PictureStore(), PLAIN)
    coloured = SceneDraws(photos, PictureStore(), replace(PLAIN, recolour=1.0))
    shown = {tuple(plain.draw(48, 64, np.random.default_rng(seed))[0][0, 0]) for seed in range(10)}
    assert shown == {(200, 20, 20)}
    reddest = [
        int(coloured.draw(48, 64, np.random.default_rng(seed))[0][0, 0].argmax()) for seed in range(30)
    ]
    assert set(reddest) == {0, 1, 2}


def test_an_empty_ground_is_drawn_only_where_asked(flat_photos: tuple[SourcePhoto, ...]) -> None:
    def greys(mix: SampleMix) -> set[int]:
        draws = SceneDraws(flat_photos[3:], PictureStore(), mix)
        frames = [draws.draw(48, 64, np.random.default_rng(seed))[0] for seed in range(20)]
        return {int(value) for frame in frames for value in np.unique(frame)}

    assert greys(PLAIN) == {120}
    assert {min(greys(mix := replace(PLAIN, empty_ground=1.0))) < 15, max(greys(mix)) > 237} == {True}
