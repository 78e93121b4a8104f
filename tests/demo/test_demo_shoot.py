"""The demo shoot is what it claims to be, and the shipped model sees in it what was put in."""

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps
from PIL.ExifTags import IFD, Base

from demo_shoot import expected_labels, main, make_demo_shoot
from quality.core.contract import load_contract
from quality.core.inference import open_model
from quality.core.labels import Defect
from quality.core.scorer import Scorer
from quality.core.thresholds import default_modes
from quality.core.verdict import Decision, decide
from resources.paths import resource_path

_JUDGED = sorted(name for name, defects in expected_labels().items() if defects is not None)
_BROKEN = sorted(name for name, defects in expected_labels().items() if defects is None)


@pytest.fixture(scope="session")
def shoot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo shoot, made once; no test may change it."""
    folder = tmp_path_factory.mktemp("demo") / "shoot"
    make_demo_shoot(folder)
    return folder


def _pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as photo:
        return np.asarray(photo.convert("RGB"))


def test_at_least_24_photos_and_nothing_else(shoot: Path) -> None:
    assert sorted(path.name for path in shoot.iterdir()) == sorted(expected_labels())
    assert len(expected_labels()) >= 24


def test_every_kind_is_there() -> None:
    kinds = Counter(expected_labels().values())
    assert kinds[frozenset()] >= 8
    assert kinds[frozenset({Defect.BLUR})] >= 8
    assert kinds[frozenset({Defect.UNDER})] >= 3
    assert kinds[frozenset({Defect.OVER})] >= 3
    assert kinds[None] == 1


def test_photos_open_and_cover_the_networks_input_without_enlarging(shoot: Path) -> None:
    for name in _JUDGED:
        with Image.open(shoot / name) as photo:
            photo.load()
            assert max(photo.size) >= 500
            assert min(photo.size) >= 384


def test_one_photo_lies_in_the_file_and_stands_on_the_screen(shoot: Path) -> None:
    turned = []
    for name in _JUDGED:
        with Image.open(shoot / name) as photo:
            if photo.getexif()[Base.Orientation] != 1:
                turned.append(name)
                assert photo.getexif()[Base.Orientation] == 6
                assert photo.width > photo.height
                upright = ImageOps.exif_transpose(photo)
                assert upright.width < upright.height
    assert len(turned) == 1


def test_the_broken_file_is_a_jpeg_that_ends_too_early(shoot: Path) -> None:
    (name,) = _BROKEN
    with Image.open(shoot / name) as photo, pytest.raises(OSError, match="truncated"):
        photo.load()


def test_exif_says_how_and_that_it_is_a_demo(shoot: Path) -> None:
    times = []
    for name in sorted(expected_labels()):
        with Image.open(shoot / name) as photo:
            exif = photo.getexif()
            details = exif.get_ifd(IFD.Exif)
        assert "demo" in exif[Base.ImageDescription]
        assert details[Base.ExposureTime] > 0
        assert details[Base.FNumber] >= 1
        assert details[Base.ISOSpeedRatings] >= 50
        times.append(details[Base.DateTimeOriginal])
    assert times == sorted(set(times))


def test_exposure_errors_show_in_the_pixels(shoot: Path) -> None:
    for name in _JUDGED:
        expected = expected_labels()[name]
        if expected == frozenset({Defect.UNDER}):
            assert _pixels(shoot / name).mean() < 60
        elif expected == frozenset({Defect.OVER}):
            assert (_pixels(shoot / name).max(axis=2) >= 254).mean() > 0.3


def test_made_twice_it_is_the_same_to_the_byte(shoot: Path, tmp_path: Path) -> None:
    make_demo_shoot(tmp_path)
    for name in expected_labels():
        assert (tmp_path / name).read_bytes() == (shoot / name).read_bytes()


def test_only_what_is_missing_or_changed_is_made(shoot: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shoot"
    shutil.copytree(shoot, folder)
    assert make_demo_shoot(folder) == 0
    (folder / _JUDGED[0]).unlink()
    (folder / _JUDGED[1]).write_bytes(b"not a photo")
    (folder / "mine.jpg").write_bytes(b"somebody's own file")
    assert make_demo_shoot(folder) == 2
    assert (folder / _JUDGED[1]).read_bytes() == (shoot / _JUDGED[1]).read_bytes()
    assert (folder / "mine.jpg").read_bytes() == b"somebody's own file"


def test_command_line_says_what_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "new" / "shoot")]) == 0
    assert f"{len(expected_labels())} of {len(expected_labels())}" in capsys.readouterr().out
    assert main([str(tmp_path / "new" / "shoot")]) == 0
    assert capsys.readouterr().out == ""


@pytest.fixture(scope="session")
def decisions(shoot: Path) -> dict[str, Decision]:
    """What the shipped model advises for every photo that can be read, at Balanced."""
    contract = load_contract(resource_path("model", "quality.json"))
    thresholds = contract.operating_points["balanced"].thresholds
    scorer = Scorer(open_model(device="cpu"), cache=None)
    return {
        name: decide(scorer.score(shoot / name).probabilities, thresholds, default_modes())
        for name in _JUDGED
    }


@pytest.mark.parametrize("name", [name for name in _JUDGED if expected_labels()[name]])
def test_strong_defects_are_flagged(decisions: dict[str, Decision], name: str) -> None:
    expected = expected_labels()[name]
    assert expected is not None
    assert expected <= set(decisions[name].reasons)


@pytest.mark.parametrize("name", [name for name in _JUDGED if not expected_labels()[name]])
def test_good_photos_are_clean(decisions: dict[str, Decision], name: str) -> None:
    assert not decisions[name].reasons
