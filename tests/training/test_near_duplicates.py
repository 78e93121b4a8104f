"""Two photos of one scene never stand on two sides of the split; all others stay where they were."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from training import light
from training.near_duplicates import fingerprint, keep_together, pairs
from training.photos import SourcePhoto, read_photos
from training.split import Part, part_of, select

Texture = Callable[..., NDArray[np.uint8]]


def _named(part: Part, start: int = 0) -> str:
    """The first name after a number that the split puts into a part."""
    names = (f"twin{number}" for number in range(start, start + 500))
    return next(name for name in names if part_of(SourcePhoto(name, Path("x"))) is part)


@pytest.mark.parametrize(
    "change",
    [
        lambda p: light.jpeg(p, 60),
        lambda p: cv2.resize(p, (200, 150), interpolation=cv2.INTER_AREA),
        lambda p: light.to_bytes(light.to_encoded(light.expose(light.to_linear(p), -0.7))),
        lambda p: np.ascontiguousarray(p[1:-1, 2:-2]),
    ],
    ids=["compressed", "smaller", "darker", "cropped"],
)
def test_another_copy_of_a_photo_is_found(
    change: Callable[[NDArray[np.uint8]], NDArray[np.uint8]], texture: Texture
) -> None:
    picture = texture(1, 300, 400)
    assert pairs([fingerprint(picture), fingerprint(change(picture))]) == [(0, 1)]


def test_different_photos_are_not_taken_for_one(texture: Texture) -> None:
    assert pairs([fingerprint(texture(seed)) for seed in range(40)]) == []
    assert pairs([]) == []


def test_subjects_on_flat_ground_are_not_taken_for_one_scene() -> None:
    flat = np.zeros((120, 160, 3), np.uint8)
    ball, bar = flat.copy(), flat.copy()
    cv2.circle(ball, (80, 60), 20, (200, 60, 60), -1)
    cv2.rectangle(bar, (60, 45), (100, 60), (60, 60, 200), -1)
    assert pairs([fingerprint(ball), fingerprint(bar), fingerprint(flat), fingerprint(flat + 40)]) == []


@pytest.fixture
def photos(texture: Texture, tmp_path: Path) -> tuple[SourcePhoto, ...]:
    """Twelve scenes; one of the test part, one of validation and one of training show the same."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(9):
        Image.fromarray(texture(number + 20, 150, 200)).save(folder / f"scene{number:02d}.png")
    twin = texture(99, 150, 200)
    for part, quality in ((Part.TEST, 95), (Part.VALIDATION, 80), (Part.TRAIN, 70)):
        Image.fromarray(light.jpeg(twin, quality)).save(folder / f"{_named(part)}.png")
    return read_photos(folder)


def test_no_scene_stands_on_two_sides(photos: tuple[SourcePhoto, ...]) -> None:
    together = keep_together(photos)
    assert [photo.ref for photo in together] == [photo.ref for photo in photos]
    twins = [photo for photo in together if photo.ref.startswith("twin")]
    assert len({part_of(photo) for photo in twins}) == 1


def test_a_group_goes_where_training_already_is(photos: tuple[SourcePhoto, ...]) -> None:
    twins = [photo for photo in keep_together(photos) if photo.ref.startswith("twin")]
    assert {part_of(photo) for photo in twins} == {Part.TRAIN}
    assert not any(photo.ref.startswith("twin") for photo in select(keep_together(photos), Part.TEST))


def test_scenes_without_a_twin_keep_their_part(photos: tuple[SourcePhoto, ...]) -> None:
    for before, after in zip(photos, keep_together(photos), strict=True):
        if before.ref.startswith("scene"):
            assert after == before


def test_the_split_of_the_shared_photos_is_not_moved(shared: Path) -> None:
    photos = read_photos(shared / "photos")[900:1000]
    moved = [after for before, after in zip(photos, keep_together(photos), strict=True) if before != after]
    assert [photo.ref for photo in moved] == []
