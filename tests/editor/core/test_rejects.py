"""The review: exactly the files that would move, their pairs and sidecars, and their bytes."""

from pathlib import Path

import pytest

from editor.core.marks import Flag, Marks
from editor.core.rejects import RejectReview, review_rejects

REJECT, PICK = Marks(Flag.REJECT), Marks(Flag.PICK)


def review(shoot: Path, marks: dict[str, Marks], *files: str) -> RejectReview:
    for name in files:
        (shoot / name).parent.mkdir(exist_ok=True)
        (shoot / name).write_bytes(name.encode())
    photos = [shoot / name for name in files if not name.lower().endswith((".xmp", ".pp3", ".dop"))]
    return review_rejects(shoot, photos, {shoot / name: mark for name, mark in marks.items()})


def names(found: RejectReview) -> list[list[str]]:
    return [[file.relative_to(found.shoot).as_posix() for file in shot.files] for shot in found.shots]


def test_a_reject_goes_with_its_pair_and_all_sidecars(tmp_path: Path) -> None:
    files = ("a.CR3", "a.JPG", "a.xmp", "a.CR3.xmp", "a.JPG.pp3", "b.jpg", "b.xmp", "c.jpg", "c.jpg.dop")
    found = review(tmp_path, {"a.JPG": REJECT, "c.jpg": REJECT, "b.jpg": PICK}, *files)
    assert names(found) == [
        ["a.JPG", "a.CR3", "a.JPG.pp3", "a.CR3.xmp", "a.xmp"],
        ["c.jpg", "c.jpg.dop"],
    ]
    assert found.size == sum(len(name) for shot in names(found) for name in shot)
    assert len(found.files) == 7
    assert found.kept_back == ()


def test_only_human_rejects_are_listed(tmp_path: Path) -> None:
    assert names(review(tmp_path, {"a.jpg": Marks(rating=1), "b.jpg": PICK}, "a.jpg", "b.jpg", "c.jpg")) == []


def test_both_files_of_a_pair_are_listed_once(tmp_path: Path) -> None:
    found = review(tmp_path, {"a.CR3": REJECT, "a.JPG": REJECT}, "a.CR3", "a.JPG")
    assert names(found) == [["a.CR3", "a.JPG"]]


def test_a_pair_whose_other_file_is_picked_stays(tmp_path: Path) -> None:
    found = review(tmp_path, {"a.CR3": REJECT, "a.JPG": PICK}, "a.CR3", "a.JPG")
    assert names(found) == []
    (kept,) = found.kept_back
    assert kept.photo == tmp_path / "a.CR3"
    assert "picked" in kept.reason


@pytest.mark.parametrize("both", [False, True])
def test_a_shared_sidecar_goes_with_the_last_of_its_photos(tmp_path: Path, both: bool) -> None:
    marks = {"a.jpg": REJECT} | ({"a.png": REJECT} if both else {})
    found = review(tmp_path, marks, "a.jpg", "a.png", "a.xmp")
    assert names(found) == ([["a.jpg"], ["a.png", "a.xmp"]] if both else [["a.jpg"]])


def test_a_photo_that_is_gone_is_kept_back(tmp_path: Path) -> None:
    found = review_rejects(tmp_path, [tmp_path / "a.jpg"], {tmp_path / "a.jpg": REJECT})
    assert found.shots == ()
    assert "no longer there" in found.kept_back[0].reason


def test_folders_keep_their_photos_apart(tmp_path: Path) -> None:
    found = review(tmp_path, {"one/a.jpg": REJECT}, "one/a.jpg", "two/a.CR3", "one/a.xmp", "two/a.xmp")
    assert names(found) == [["one/a.jpg", "one/a.xmp"]]
