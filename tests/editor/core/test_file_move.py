"""Moving one file: never over another, and the same bytes on whatever disk."""

import errno
import os
from pathlib import Path

import pytest

from editor.core import file_move
from editor.core.file_move import copy_verified, move_file, move_reason, read_fingerprint


@pytest.fixture(params=["links", "renames", "other disk"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    def refuse(*_arguments: object, **_options: object) -> None:
        code = errno.EXDEV if request.param == "other disk" else errno.EPERM
        raise OSError(code, os.strerror(code))

    if request.param != "links":
        monkeypatch.setattr("editor.core.file_move.os.link", refuse)
    if request.param == "other disk":
        real = Path.rename

        def rename(path: Path, target: Path) -> Path:
            if path.suffix != ".part":
                refuse()
            return real(path, target)

        monkeypatch.setattr(Path, "rename", rename)
    return str(request.param)


def test_a_file_moves_with_its_bytes_and_times(tmp_path: Path, disk: str) -> None:
    source, target = tmp_path / "a", tmp_path / "sub" / "b"
    target.parent.mkdir()
    source.write_bytes(os.urandom(3_000_000))
    os.utime(source, ns=(10**18, 10**18))
    content = source.read_bytes()
    move_file(source, target)
    assert target.read_bytes() == content, disk
    assert target.stat().st_mtime_ns == 10**18
    assert list(target.parent.iterdir()) == [target]
    assert not source.exists()


@pytest.mark.usefixtures("disk")
def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "b").write_bytes(b"two")
    with pytest.raises(FileExistsError):
        move_file(tmp_path / "a", tmp_path / "b")
    with pytest.raises(FileExistsError):
        copy_verified(tmp_path / "a", tmp_path / "b")
    with pytest.raises(FileNotFoundError):
        move_file(tmp_path / "gone", tmp_path / "c")
    with pytest.raises(FileExistsError):
        move_file(tmp_path / "gone", tmp_path / "b")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"one", "b": b"two"}


def test_a_move_that_was_killed_half_way_is_completed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    os.link(tmp_path / "a", tmp_path / "b")
    move_file(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_copy_that_reads_back_differently_is_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"one")
    monkeypatch.setattr(file_move, "_digest", lambda _path, _tell: "another")
    with pytest.raises(OSError, match="reads back differently"):
        copy_verified(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_failing_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    (tmp_path / "a").write_bytes(b"one")
    monkeypatch.setattr("editor.core.file_move.os.link", fail)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="Input/output"):
        move_file(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == b"one"


def test_fingerprints_tell_files_apart(tmp_path: Path) -> None:
    contents = [b"", b"a", b"b", b"x" * 200_000, b"x" * 199_999 + b"y", b"x" * 200_001]
    found = set()
    for content in contents:
        (tmp_path / "a").write_bytes(content)
        found.add(read_fingerprint(tmp_path / "a"))
    assert len(found) == len(contents)
    (tmp_path / "link").symlink_to("nowhere")
    assert read_fingerprint(tmp_path / "link").size == len("nowhere")


def test_reasons_are_words() -> None:
    assert move_reason(OSError(errno.ENOSPC, "x")) == "the disk is full"
    assert move_reason(OSError(errno.ENOTDIR, "Not a directory")) == "Not a directory"
    assert move_reason(OSError("odd")) == "odd"
