"""Moving rejects and bringing them back: every byte, at whatever moment it is killed."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.core import reject_journal, reject_move
from editor.core.atomic_file import write_atomically
from editor.core.file_move import move_file
from editor.core.marks import Flag, Marks
from editor.core.reject_journal import (
    MoveState,
    RejectError,
    find_journals,
    read_journal,
    unfinished_moves,
)
from editor.core.reject_move import finish_move, move_rejects, undo_move
from editor.core.rejects import RejectReview, review_rejects

FILES = ("a.CR3", "a.JPG", "a.xmp", "sub/b.jpg", "sub/b.jpg.xmp", "c.jpg", "keep.jpg")
REJECTS = ("a.CR3", "sub/b.jpg", "c.jpg")


class Killed(BaseException):
    """Stands for a kill: nothing in the program may catch it."""


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    for number, name in enumerate(FILES):
        path = tmp_path / "shoot" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(100) * (number * 300))
    return tmp_path / "shoot"


def review(shoot: Path) -> RejectReview:
    photos = [shoot / name for name in FILES if not name.endswith(".xmp")]
    return review_rejects(shoot, photos, {shoot / name: Marks(Flag.REJECT) for name in REJECTS})


def tree(shoot: Path) -> dict[str, bytes]:
    return {
        path.relative_to(shoot).as_posix(): path.read_bytes()
        for path in shoot.rglob("*")
        if path.is_file() and ".framesift" not in path.parts
    }


def moved_tree(before: dict[str, bytes]) -> dict[str, bytes]:
    return {name if name == "keep.jpg" else f"_rejected/{name}": content for name, content in before.items()}


def test_rejects_move_and_come_back(shoot: Path) -> None:
    before = tree(shoot)
    report = move_rejects(review(shoot))
    assert report.left == ()
    assert {path.relative_to(shoot).as_posix() for path in report.done} == set(FILES) - {"keep.jpg"}
    assert tree(shoot) == moved_tree(before)
    assert report.journal is not None
    assert read_journal(report.journal.path) == report.journal
    assert find_journals(shoot) == (report.journal.path,)
    assert unfinished_moves(shoot) == ()
    back = undo_move(report.journal)
    assert (back.journal, back.left, back.renamed) == (None, (), ())
    assert set(back.done) == set(report.done)
    assert tree(shoot) == before
    assert not (shoot / "_rejected").exists()


def test_a_taken_name_in_the_target_is_not_overwritten(shoot: Path) -> None:
    (shoot / "_rejected").mkdir()
    (shoot / "_rejected" / "a.jpg").write_bytes(b"older")
    (shoot / "_rejected" / "a.JPG").write_bytes(b"older")
    before = tree(shoot)
    report = move_rejects(review(shoot))
    after = tree(shoot)
    assert after["_rejected/a.JPG"] == b"older"
    assert after["_rejected/2/a.JPG"] == before["a.JPG"]
    assert after["_rejected/2/a.CR3"] == before["a.CR3"]
    assert after["_rejected/c.jpg"] == before["c.jpg"]
    assert report.journal is not None
    undo_move(report.journal)
    assert tree(shoot) == before


def test_a_name_that_was_taken_meanwhile_is_not_overwritten_by_an_undo(shoot: Path) -> None:
    before = tree(shoot)
    report = move_rejects(review(shoot))
    assert report.journal is not None
    (shoot / "a.JPG").write_bytes(b"newer")
    (shoot / "a (2).JPG").write_bytes(b"newest")
    back = undo_move(report.journal)
    after = tree(shoot)
    assert after.pop("a.JPG") == b"newer"
    assert after.pop("a (2).JPG") == b"newest"
    for name in ("a.CR3", "a.JPG", "a.xmp"):
        before[name.replace("a.", "a (3).")] = before.pop(name)
    assert after == before
    assert (shoot / "a.JPG", shoot / "a (3).JPG") in back.renamed


def test_a_moved_folder_can_be_undone(shoot: Path) -> None:
    before = tree(shoot)
    move_rejects(review(shoot))
    elsewhere = shoot.rename(shoot.with_name("elsewhere"))
    (journal,) = find_journals(elsewhere)
    undo_move(read_journal(journal))
    assert tree(elsewhere) == before


def test_what_is_gone_from_the_target_is_said_and_the_rest_comes_back(shoot: Path) -> None:
    before = tree(shoot)
    report = move_rejects(review(shoot))
    assert report.journal is not None
    (shoot / "_rejected" / "c.jpg").unlink()
    back = undo_move(report.journal)
    del before["c.jpg"]
    assert tree(shoot) == before
    assert "no longer there" in back.left[0].reason
    assert back.journal is not None
    assert back.journal.state is MoveState.MOVED


def test_a_link_is_moved_itself(shoot: Path) -> None:
    (shoot / "c.jpg").unlink()
    (shoot / "c.jpg").symlink_to("keep.jpg")
    report = move_rejects(review(shoot))
    assert (shoot / "_rejected" / "c.jpg").is_symlink()
    assert report.journal is not None
    undo_move(report.journal)
    assert (shoot / "c.jpg").readlink() == Path("keep.jpg")


def test_nothing_to_move_makes_nothing(shoot: Path) -> None:
    report = move_rejects(RejectReview(shoot, (), ()))
    assert (report.journal, report.done) == (None, ())
    assert not (shoot / "_rejected").exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_target_that_takes_nothing_is_refused(
    shoot: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    before = tree(shoot)

    def refuse(_path: Path, _content: bytes) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(reject_journal, "write_atomically", refuse)
    with pytest.raises(RejectError, match=r"Nothing was moved: the disk is (full|read-only)"):
        move_rejects(review(shoot))
    assert tree(shoot) == before
    assert not (shoot / "_rejected").exists()


def test_a_target_that_is_a_file_is_refused(shoot: Path) -> None:
    (shoot / "_rejected").write_bytes(b"mine")
    before = tree(shoot)
    with pytest.raises(RejectError, match="Nothing was moved"):
        move_rejects(review(shoot))
    assert tree(shoot) == before


def test_a_shot_that_cannot_be_moved_stays_whole(shoot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(shoot)

    def fail_on_xmp(source: Path, target: Path) -> None:
        if source.name == "a.xmp":
            raise OSError(errno.ENOSPC, "No space left on device")
        move_file(source, target)

    monkeypatch.setattr(reject_move, "move_file", fail_on_xmp)
    report = move_rejects(review(shoot))
    assert [kept.photo.name for kept in report.left] == ["a.CR3"]
    assert "the disk is full" in report.left[0].reason
    after = tree(shoot)
    assert {name for name in after if name.startswith("_rejected")} == {
        "_rejected/sub/b.jpg",
        "_rejected/sub/b.jpg.xmp",
        "_rejected/c.jpg",
    }
    assert report.journal is not None
    undo_move(report.journal)
    assert tree(shoot) == before


def test_a_photo_that_vanished_after_the_review_is_said(shoot: Path) -> None:
    listed = review(shoot)
    (shoot / "c.jpg").unlink()
    report = move_rejects(listed)
    assert [kept.photo.name for kept in report.left] == ["c.jpg"]


class Fuse:
    """Kills at the n-th step that changes the disk, before or after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step: int, *, links: bool) -> None:
        self.left = step
        self.steps = 0
        monkeypatch.setattr("editor.core.file_move.os.link", self._armed(os.link if links else _no_links))
        for name in ("unlink", "rename", "mkdir", "rmdir"):
            monkeypatch.setattr(Path, name, self._armed(getattr(Path, name)))
        monkeypatch.setattr(reject_journal, "write_atomically", self._armed(write_atomically))

    def _armed(self, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            self.steps += 1
            self.left -= 1
            if self.left == 0:
                raise Killed
            result = function(*arguments, **options)
            self.left -= 1
            if self.left == 0:
                raise Killed
            return result

        return call


def _no_links(*_arguments: object, **_options: object) -> None:
    raise PermissionError(errno.EPERM, "no links on this disk")


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("ending", ["finish", "undo", "undo killed"])
def test_killed_at_any_step_it_can_be_finished_or_undone(
    shoot: Path, monkeypatch: pytest.MonkeyPatch, links: bool, ending: str
) -> None:
    before = tree(shoot)
    step = 0
    killed = True
    while killed:
        step += 1
        killed = run_killed(monkeypatch, step, lambda: move_rejects(review(shoot)), links=links)
        assert set(before.values()) <= set(tree(shoot).values()), step
        if ending == "undo killed":
            journals = [read_journal(path) for path in find_journals(shoot)]
            for again in journals:
                run_killed(monkeypatch, step, lambda again=again: undo_move(again), links=links)  # type: ignore[misc]
                assert set(before.values()) <= set(tree(shoot).values()), step
        for path in find_journals(shoot):
            journal = read_journal(path)
            if ending == "finish" and journal.state is MoveState.MOVING:
                finish_move(journal)
                assert tree(shoot) == moved_tree(before), step
                assert unfinished_moves(shoot) == ()
                journal = read_journal(path)
            report = undo_move(journal)
            assert report.left == ()
        assert tree(shoot) == before, step
    assert step > 20


def run_killed(
    monkeypatch: pytest.MonkeyPatch, step: int, work: Callable[[], object], *, links: bool
) -> bool:
    with monkeypatch.context() as patch:
        Fuse(patch, step, links=links)
        try:
            work()
        except Killed:
            return True
    return False


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"version": 9}', b'{"version": 1, "state": "x", "shots": []}']
)
def test_a_journal_that_cannot_be_read_is_said(shoot: Path, content: bytes) -> None:
    folder = shoot / "_rejected" / ".framesift"
    folder.mkdir(parents=True)
    (folder / "move-1.json").write_bytes(content)
    with pytest.raises(RejectError, match=r"move-1.json: "):
        unfinished_moves(shoot)


def test_a_journal_that_cannot_be_written_any_more_is_said(
    shoot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = move_rejects(review(shoot))
    assert report.journal is not None

    def refuse(*_arguments: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(reject_journal, "write_atomically", refuse)
    with pytest.raises(RejectError, match="read-only"):
        undo_move(report.journal)
    monkeypatch.undo()
    undo_move(report.journal)
