"""A second scan reads no photo that has not changed, and says the same."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.cli import run
from app.scan_known import IDENTITIES_FILE


@pytest.fixture
def shoot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tiny_model_folder: Path) -> Path:
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tiny_model_folder))
    monkeypatch.setenv("FRAMESIFT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "shoot"
    folder.mkdir()
    for number in range(4):
        draw(folder / f"{number}.jpg", number)
    (folder / "broken.jpg").write_bytes((folder / "0.jpg").read_bytes()[:900])
    return folder


def draw(path: Path, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(60, 190, (48, 64, 3), np.uint8)
    Image.fromarray(pixels).save(path, "JPEG", quality=95)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the photos that were opened."""
    names: list[str] = []
    scorer = __import__("quality.core.scorer", fromlist=["read_identity"])
    read = scorer.read_identity

    def read_and_note(path: Path) -> object:
        names.append(path.name)
        return read(path)

    monkeypatch.setattr(scorer, "read_identity", read_and_note)
    return names


def scanned(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["scan", str(folder), "--format", "json"]) == 0
    return capsys.readouterr().out


def test_a_second_scan_opens_only_what_was_not_judged(
    shoot: Path, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = scanned(shoot, capsys)
    assert sorted(opened) == ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "broken.jpg"]
    opened.clear()
    assert scanned(shoot, capsys) == first
    assert opened == ["broken.jpg"]


def test_a_photo_is_known_from_wherever_the_scan_is_started(
    shoot: Path, opened: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = scanned(shoot, capsys)
    opened.clear()
    monkeypatch.chdir(shoot.parent)
    assert scanned(Path("shoot"), capsys) == first
    assert opened == ["broken.jpg"]


def test_a_changed_photo_is_judged_anew(
    shoot: Path, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    scanned(shoot, capsys)
    opened.clear()
    Image.new("RGB", (64, 48), (128, 128, 128)).save(shoot / "1.jpg")
    os.utime(shoot / "2.jpg", (0, 0))
    photos = {photo["path"]: photo for photo in json.loads(scanned(shoot, capsys))["photos"]}
    assert sorted(opened) == ["1.jpg", "2.jpg", "broken.jpg"]
    assert photos["1.jpg"]["blur"] != photos["2.jpg"]["blur"]


def test_without_remembered_identities_the_scores_still_hold(
    shoot: Path, opened: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = scanned(shoot, capsys)
    (tmp_path / "cache" / IDENTITIES_FILE).write_bytes(b"no database")
    opened.clear()
    assert scanned(shoot, capsys) == first
    assert len(opened) == 5
