"""Rejects in the system's bin: with sidecars and pairs, each shot whole, and every byte back."""

import errno
from pathlib import Path

import pytest

from editor.core.file_move import move_file
from editor.core.marks import Flag, Marks
from editor.core.reject_bin import bin_rejects, return_binned
from editor.core.reject_journal import RejectError
from editor.core.rejects import RejectReview, review_rejects


class FolderBin:
    """A bin that is a folder, as good as that of a desktop; may be missing, full or silent."""

    def __init__(self, folder: Path, *, reason: str = "", tells: bool = True, refused: str = "none") -> None:
        self._folder, self._reason, self._tells, self._refused = folder, reason, tells, refused
        folder.mkdir()

    def reason_against(self, _folder: Path) -> str:
        return self._reason

    def put(self, file: Path) -> Path | None:
        if file.name == self._refused:
            raise OSError(errno.ENOSPC, "No space left on device")
        place = self._folder / f"{len(list(self._folder.iterdir()))}-{file.name}"
        move_file(file, place)
        return place if self._tells else None

    def take_back(self, place: Path, file: Path) -> None:
        move_file(place, file)


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    folder = tmp_path / "shoot"
    folder.mkdir()
    for name in ("a.CR3", "a.jpg", "a.CR3.xmp", "b.jpg", "c.jpg"):
        (folder / name).write_bytes(name.encode() * 50)
    return folder


def review(shoot: Path, *rejected: str) -> RejectReview:
    photos = [shoot / name for name in ("a.CR3", "a.jpg", "b.jpg", "c.jpg")]
    return review_rejects(shoot, photos, {shoot / name: Marks(Flag.REJECT) for name in rejected})


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_rejects_go_with_what_belongs_to_them_and_come_back(shoot: Path, tmp_path: Path) -> None:
    before, desktop = contents(shoot), FolderBin(tmp_path / "bin")
    report = bin_rejects(review(shoot, "a.jpg", "c.jpg"), desktop)
    assert {file.name for file in report.done} == {"a.CR3", "a.jpg", "a.CR3.xmp", "c.jpg"}
    assert set(contents(shoot)) == {"b.jpg"}
    back = return_binned(report.binned, desktop)
    assert (set(back.done), back.left, back.binned) == (set(report.done), (), ())
    assert contents(shoot) == before


def test_without_a_bin_nothing_is_touched(shoot: Path, tmp_path: Path) -> None:
    before = contents(shoot)
    with pytest.raises(RejectError, match="no bin here"):
        bin_rejects(review(shoot, "b.jpg"), FolderBin(tmp_path / "bin", reason="no bin here"))
    assert contents(shoot) == before


@pytest.mark.parametrize("refused", ["a.CR3", "a.jpg", "a.CR3.xmp"])
def test_a_shot_that_cannot_go_stays_whole(shoot: Path, tmp_path: Path, refused: str) -> None:
    before, desktop = contents(shoot), FolderBin(tmp_path / "bin", refused=refused)
    report = bin_rejects(review(shoot, "a.jpg", "b.jpg"), desktop)
    assert [file.name for file in report.done] == ["b.jpg"]
    assert [kept.reason for kept in report.left] == ["It was not put into the bin: the disk is full."]
    assert contents(shoot) == {name: content for name, content in before.items() if name != "b.jpg"}


def test_what_a_silent_bin_holds_is_not_brought_back_and_said(shoot: Path, tmp_path: Path) -> None:
    desktop = FolderBin(tmp_path / "bin", tells=False)
    report = bin_rejects(review(shoot, "b.jpg"), desktop)
    assert [one.place for one in report.binned] == [None]
    back = return_binned(report.binned, desktop)
    assert (back.done, back.binned) == ((), report.binned)
    assert "does not tell" in back.left[0].reason


def test_nothing_is_overwritten_on_the_way_back(shoot: Path, tmp_path: Path) -> None:
    desktop = FolderBin(tmp_path / "bin")
    report = bin_rejects(review(shoot, "b.jpg"), desktop)
    (shoot / "b.jpg").write_bytes(b"another")
    back = return_binned(report.binned, desktop)
    assert "a file of that name is there already" in back.left[0].reason
    assert (shoot / "b.jpg").read_bytes() == b"another"
    assert len(contents(tmp_path / "bin")) == 1
