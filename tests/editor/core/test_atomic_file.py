"""Writing: the old file or the new one, nothing else, and nothing left lying about."""

import os
import stat
from pathlib import Path

import pytest

from editor.core import atomic_file
from editor.core.atomic_file import write_atomically


@pytest.mark.parametrize("durable", [True, False])
def test_a_new_file_and_a_replaced_one_hold_the_content(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "marks.db"
    for content in (b"one", b"", b"x" * 100_000):
        write_atomically(path, content, durable=durable)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_keeps_its_permissions_and_a_new_one_gets_the_usual(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    usual = stat.S_IMODE(path.stat().st_mode)
    write_atomically(tmp_path / "b", b"")
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == usual
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_the_longest_name_there_can_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    write_atomically(path, b"content")
    assert path.read_bytes() == b"content"


@pytest.mark.parametrize("step", ["os.fsync", "os.fdopen", "_keep_permissions", "Path.replace"])
def test_whatever_fails_the_old_file_stays_and_no_other_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "marks.db"
    path.write_bytes(b"old")

    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"editor.core.atomic_file.{step}", fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_an_error_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "marks.db"
    path.write_bytes(b"old")
    real = os.fdopen

    def into_the_full_device(descriptor: int, mode: str) -> object:
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, descriptor)
        os.close(full)
        return real(descriptor, mode)

    monkeypatch.setattr("editor.core.atomic_file.os.fdopen", into_the_full_device)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("editor.core.atomic_file.os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "gone" / "a", b"new")


def test_the_content_and_then_the_folder_are_synchronised_only_if_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds: list[bool] = []
    monkeypatch.setattr(
        "editor.core.atomic_file.os.fsync",
        lambda descriptor: kinds.append(stat.S_ISDIR(os.fstat(descriptor).st_mode)),
    )
    write_atomically(tmp_path / "a", b"x", durable=False)
    assert kinds == []
    write_atomically(tmp_path / "a", b"x")
    assert kinds == [False, True]


def test_a_folder_that_cannot_be_synchronised_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr("editor.core.atomic_file.os.fsync", refuse)
    atomic_file._sync_folder(tmp_path)
