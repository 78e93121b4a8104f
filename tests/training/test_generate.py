"""The KADIS protocol on disk: names, table, what exists is left alone, an interrupted run resumes."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.core.atomic_file import write_atomically
from training.generate import draw_for, generate, reference_frame
from training.kadis_draws import KADIS_LEVELS
from training.manifest import read_manifest
from training.photos import PictureStore, SourcePhoto, read_photos


@pytest.fixture(scope="module")
def photos(photo_folder: Path) -> tuple[SourcePhoto, ...]:
    return read_photos(photo_folder)[:5]


@pytest.fixture(scope="module")
def drawn(photos: tuple[SourcePhoto, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures of five scenes, drawn once; no test may change them."""
    folder = tmp_path_factory.mktemp("kadis")
    generate(photos, folder)
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_each_scene_once_pristine_and_once_distorted(drawn: Path, photos: tuple[SourcePhoto, ...]) -> None:
    rows = read_manifest(drawn / "labels.csv")
    assert [row.ref for row in rows] == [photo.ref for photo in photos for _ in range(2)]
    for pristine, distorted in zip(rows[::2], rows[1::2], strict=True):
        assert (pristine.dist_type, pristine.dist_level) == (0, 0)
        assert (pristine.blur, pristine.under, pristine.over) == (0, 0, 0)
        assert distorted.dist_level in KADIS_LEVELS[distorted.dist_type]
        assert distorted.blur + distorted.under + distorted.over == 1


def test_names_say_scene_type_and_level(drawn: Path) -> None:
    rows = read_manifest(drawn / "labels.csv")
    assert [row.path for row in rows] == [f"{r.ref}_{r.dist_type:02d}_{r.dist_level:02d}.jpg" for r in rows]
    assert {path.name for path in drawn.iterdir()} == {row.path for row in rows} | {"labels.csv"}


def test_every_picture_has_the_size_of_the_input(drawn: Path) -> None:
    for path in drawn.glob("*.jpg"):
        with Image.open(path) as picture:
            assert picture.size == (512, 384)


def test_the_table_has_unix_lines_and_the_published_header(drawn: Path) -> None:
    with (drawn / "labels.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.reader(file)) == ["path", "blur", "under", "over", "dist_type", "dist_level", "ref"]
    assert b"\r" not in (drawn / "labels.csv").read_bytes()


def test_an_existing_file_is_not_drawn_again(
    drawn: Path, photos: tuple[SourcePhoto, ...], tmp_path: Path
) -> None:
    kept = read_manifest(drawn / "labels.csv")[1].path
    (tmp_path / kept).write_bytes(b"mine")
    generate(photos[:1], tmp_path)
    assert (tmp_path / kept).read_bytes() == b"mine"
    assert len(read_manifest(tmp_path / "labels.csv")) == 2


def test_an_interrupted_run_resumes_to_identical_bytes(
    drawn: Path, photos: tuple[SourcePhoto, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0

    def until_killed(path: Path, content: bytes, *, durable: bool = True) -> None:
        nonlocal written
        written += 1
        if written > 4:
            raise KeyboardInterrupt
        write_atomically(path, content, durable=durable)

    with monkeypatch.context() as patched:
        patched.setattr("training.generate.write_atomically", until_killed)
        with pytest.raises(KeyboardInterrupt):
            generate(photos, tmp_path)
    assert len(_contents(tmp_path)) == 4
    generate(photos, tmp_path)
    assert _contents(tmp_path) == _contents(drawn)


def test_draws_follow_from_seed_and_scene_alone() -> None:
    assert draw_for("scene", 42) == draw_for("scene", 42)
    assert len({draw_for("scene", seed) for seed in range(20)}) > 10
    assert len({draw_for(f"scene{number}", 42) for number in range(20)}) > 10


def test_a_small_photo_becomes_its_middle_at_native_scale(photo_folder: Path) -> None:
    small = PictureStore()[read_photos(photo_folder)[3]]
    assert small.shape == (300, 260, 3)
    frame = reference_frame(small)
    np.testing.assert_array_equal(frame[42:342, 126:386], small)
