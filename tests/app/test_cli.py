"""`scan` from arguments to exit status, in this process."""

import csv
import io
import json
import logging
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from app.cli import run
from quality.core.scorer import Scorer

Scan = Callable[..., tuple[int, str, str]]


def save(path: Path, low: int, high: int) -> None:
    """A photo of noise between two brightnesses: no blur for the tiny model."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(len(path.name)).integers(low, high, (480, 640, 3), np.uint8)
    Image.fromarray(pixels).save(path, quality=95)


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tiny_model_folder: Path) -> Path:
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tiny_model_folder))
    monkeypatch.setenv("FRAMESIFT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    folder = tmp_path / "shoot"
    save(folder / "IMG_10.jpg", 60, 190)
    save(folder / "IMG_2.jpg", 0, 60)
    save(folder / "IMG_1.png", 215, 256)
    Image.new("RGB", (640, 480), (128, 128, 128)).save(folder / "flat.webp")
    (folder / "broken.jpg").write_bytes((folder / "IMG_10.jpg").read_bytes()[:5000])
    (folder / "notes.txt").write_text("no photo")
    save(folder / ".hidden" / "a.jpg", 60, 190)
    save(folder / "_rejected" / "a.jpg", 60, 190)
    save(folder / "day 2" / "a.jpg", 60, 190)
    return folder


@pytest.fixture
def scan(capfd: pytest.CaptureFixture[str], shoot: Path) -> Scan:
    def scan_shoot(*arguments: str) -> tuple[int, str, str]:
        status = run(["scan", str(shoot), *arguments])
        return (status, *capfd.readouterr())

    return scan_shoot


def test_json(scan: Scan) -> None:
    status, out, err = scan("--format", "json")
    result = json.loads(out)
    assert status == 0
    assert {photo["path"]: photo["verdict"] and photo["reasons"] for photo in result["photos"]} == {
        "broken.jpg": None,
        "flat.webp": ["blur"],
        "IMG_1.png": ["over"],
        "IMG_2.jpg": ["under"],
        "IMG_10.jpg": [],
    }
    assert [photo["path"] for photo in result["photos"]][-2:] == ["IMG_2.jpg", "IMG_10.jpg"]
    assert result["photos"][0]["error"]
    assert result["thresholds"] == {"blur": 0.5, "under": 0.5, "over": 0.5}
    assert result["modes"] == {"blur": "reject", "under": "auto", "over": "reject"}
    assert result["model"]["name"] == "tiny"
    assert result["summary"] == {
        "photos": 5,
        "judged": 4,
        "errors": 1,
        "rejected": 3,
        "hinted": 0,
        "flagged": {"blur": 1, "under": 1, "over": 1},
    }
    assert err.startswith("5 of 5 photos in ")
    assert err.count("\n") == 1


def test_recursive_leaves_hidden_and_rejected_folders_out(scan: Scan) -> None:
    _, out, _ = scan("--format", "json", "--recursive")
    paths = [photo["path"] for photo in json.loads(out)["photos"]]
    assert len(paths) == 6
    assert "day 2/a.jpg" in paths


def test_thresholds_and_modes(scan: Scan) -> None:
    _, out, _ = scan("--format", "json", "--blur", "1", "--over", "0", "--under-mode", "hint")
    result = json.loads(out)
    photos = {photo["path"]: photo for photo in result["photos"]}
    assert result["thresholds"] == {"blur": 1.0, "under": 0.5, "over": 0.0}
    assert result["modes"]["under"] == "hint"
    assert photos["flat.webp"]["reasons"] == ["over"]
    assert photos["IMG_2.jpg"]["hints"] == ["under"]
    assert result["summary"]["flagged"] == {"blur": 0, "under": 1, "over": 4}


@pytest.mark.parametrize(("mode", "found"), [(None, "hints"), ("auto", "hints"), ("reject", "reasons")])
def test_a_dark_photo_of_a_dark_scene_is_only_a_hint(
    scan: Scan, shoot: Path, mode: str | None, found: str
) -> None:
    exif = Image.Exif()
    exif.get_ifd(IFD.Exif).update({Base.ExposureTime: 1.0, Base.FNumber: 2.0, Base.ISOSpeedRatings: 400})
    with Image.open(shoot / "IMG_2.jpg") as dark:
        dark.save(shoot / "night.jpg", exif=exif)
    _, out, _ = scan("--format", "json", *(["--under-mode", mode] if mode else []))
    photos = {photo["path"]: photo for photo in json.loads(out)["photos"]}
    assert photos["night.jpg"][found] == ["under"]
    assert photos["night.jpg"]["verdict"] == ("keep" if found == "hints" else "reject")
    assert photos["IMG_2.jpg"]["reasons"] == ["under"]


def test_a_mode_that_is_off_shows_nothing(scan: Scan) -> None:
    _, out, _ = scan("--format", "json", "--under-mode", "off")
    photo = next(photo for photo in json.loads(out)["photos"] if photo["path"] == "IMG_2.jpg")
    assert (photo["verdict"], photo["reasons"], photo["hints"]) == ("keep", [], [])


def test_a_second_scan_is_the_same_and_asks_no_model(
    scan: Scan, monkeypatch: pytest.MonkeyPatch, own_cache: Path
) -> None:
    _, first, _ = scan("--format", "json")
    assert (own_cache / "scores.sqlite").is_file()
    monkeypatch.setattr(Scorer, "_logits", None)
    assert scan("--format", "json")[:2] == (0, first)


def test_without_a_cache_the_scan_goes_on(
    scan: Scan, own_cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own_cache.write_text("a file where the folder should be")
    status, out, _ = scan("--format", "json")
    assert status == 0
    assert json.loads(out)["summary"]["judged"] == 4
    said = [(record.levelno, record.name.rpartition(".")[2]) for record in caplog.records]
    assert said == [(logging.WARNING, "score_cache"), (logging.WARNING, "identity_cache")]


def test_table_is_the_default(scan: Scan) -> None:
    status, out, _ = scan()
    assert status == 0
    assert out.splitlines()[0].split() == ["Photo", "Size", "Blur", "Under", "Over", "Verdict", "Why"]
    assert "5 photos: 4 judged, 3 rejected, 0 hinted, 1 not judged." in out


def test_csv(scan: Scan) -> None:
    _, out, _ = scan("--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["verdict"] for row in rows] == ["", "reject", "reject", "reject", "keep"]


def test_output_goes_to_a_file(scan: Scan, tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    status, out, err = scan("--format", "json", "--output", str(target))
    assert (status, out) == (0, "")
    assert "5 of 5" in err
    assert json.loads(target.read_bytes())["summary"]["photos"] == 5


def test_a_folder_without_photos(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["scan", str(tmp_path / "empty"), "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["photos"] == []


def test_a_relative_folder(
    shoot: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shoot)
    assert run(["scan", ".", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["photos"][0]["path"] == "broken.jpg"


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names that are no text")
def test_a_name_that_is_no_text(scan: Scan, shoot: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    shutil.copy(shoot / "IMG_2.jpg", shoot / name)
    status, out, _ = scan("--format", "json")
    assert status == 0
    assert name in [photo["path"] for photo in json.loads(out)["photos"]]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "the following arguments are required: VERB"),
        (["judge"], "invalid choice: 'judge'"),
        (["scan"], "the following arguments are required: FOLDER"),
        (["scan", ""], "argument FOLDER: the name is empty"),
        (
            ["scan", ".", "--blur", "1.5"],
            "argument --blur: a threshold is a number from 0 to 1, not '1.5'",
        ),
        (["scan", ".", "--under", "-0.1"], "argument --under: a threshold is a number from 0 to 1"),
        (["scan", ".", "--over", "nan"], "argument --over: a threshold is a number from 0 to 1"),
        (["scan", ".", "--over", "bright"], "argument --over: a threshold is a number from 0 to 1"),
        (["scan", ".", "--under-mode", "night"], "argument --under-mode: invalid choice"),
        (["scan", ".", "--format", "xml"], "argument --format: invalid choice"),
        (["scan", ".", "--output", "result.jpg"], "would replace a photo"),
        (["scan", ".", "--output", "none/result.json"], "does not exist"),
        (["scan", "no such folder"], "not there"),
        (["scan", "pyproject.toml"], "a file, not a folder"),
    ],
)
def test_a_bad_call(
    arguments: list[str],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert run(arguments) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert sentence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("content", [None, "{}"])
def test_a_missing_or_wrong_model_is_a_bad_call(
    scan: Scan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    if content is not None:
        (folder / "quality.json").write_text(content)
    monkeypatch.setenv("FRAMESIFT_MODEL", str(folder))
    status, out, err = scan()
    assert (status, out) == (2, "")
    assert "missing" in err
    assert str(folder / "quality.json") in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"]])
def test_help(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 0
    out, err = capfd.readouterr()
    assert "scan" in out
    assert err == ""


def test_stopped_by_the_user(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_self: Scorer, _path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Scorer, "score", stop)
    status, out, err = scan()
    assert (status, out) == (130, "")
    assert err.splitlines()[-1] == "framesift: stopped"


def test_a_result_that_cannot_be_written(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    status, out, err = scan("--format", "json")
    assert (status, out) == (1, "")
    assert "standard output: It is closed." in err


def test_without_standard_error(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    status, out, _ = scan("--format", "json")
    assert status == 0
    assert json.loads(out)["summary"]["photos"] == 5
