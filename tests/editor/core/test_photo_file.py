"""Opening: regular files only, never blocking, every refusal a sentence."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.core.errors import PhotoError, PhotoMissingError, PhotoUnreadableError
from editor.core.photo_file import file_error, open_photo

Write = Callable[[str, bytes], Path]


def test_a_file_is_opened_through_a_link(written: Write, tmp_path: Path) -> None:
    link = tmp_path / "link.jpg"
    link.symlink_to(written("real.jpg", b"content"))
    with open_photo(link) as file:
        assert file.read() == b"content"


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    with pytest.raises(PhotoUnreadableError, match="pipe or a device"):
        open_photo(pipe)


def test_a_device_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadableError, match="pipe or a device"):
        open_photo(Path("/dev/null"))
    with pytest.raises(PhotoUnreadableError, match="a folder"):
        open_photo(tmp_path)


def test_a_file_exchanged_for_a_pipe_while_it_is_opened_is_refused(
    written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written("a.jpg", b"x")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    opened: list[int] = []
    real = os.open

    def open_pipe(_path: Path, flags: int) -> int:
        opened.append(real(pipe, flags))
        return opened[-1]

    monkeypatch.setattr("editor.core.photo_file.os.open", open_pipe)
    with pytest.raises(PhotoUnreadableError, match="pipe or a device"):
        open_photo(path)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(opened[0])


def test_links_to_nowhere_and_in_circles_say_so(tmp_path: Path) -> None:
    (tmp_path / "dangling.jpg").symlink_to(tmp_path / "gone")
    (tmp_path / "a.jpg").symlink_to(tmp_path / "b.jpg")
    (tmp_path / "b.jpg").symlink_to(tmp_path / "a.jpg")
    with pytest.raises(PhotoMissingError, match="link points to a file that is not there"):
        open_photo(tmp_path / "dangling.jpg")
    with pytest.raises(PhotoUnreadableError, match="circle"):
        open_photo(tmp_path / "a.jpg")


@pytest.mark.parametrize("name", ["a\0b.jpg", "x" * 300 + ".jpg"])
def test_impossible_names_are_errors_of_the_photo(tmp_path: Path, name: str) -> None:
    with pytest.raises(PhotoUnreadableError, match="rename it"):
        open_photo(tmp_path / name)


def test_a_path_through_a_file_is_missing(written: Write) -> None:
    with pytest.raises(PhotoMissingError):
        open_photo(written("a.jpg", b"x") / "b.jpg")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(written: Write) -> None:  # pragma: no cover (not as root)
    path = written("a.jpg", b"x")
    path.chmod(0)
    with pytest.raises(PhotoUnreadableError, match="permission"):
        open_photo(path)


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (errno.EACCES, PhotoUnreadableError, "permission"),
        (errno.EIO, PhotoUnreadableError, "check the card or drive"),
        (errno.ESTALE, PhotoMissingError, "no longer there"),
    ],
)
def test_what_the_system_says_becomes_a_sentence(code: int, kind: type[PhotoError], words: str) -> None:
    error = file_error(Path("a.jpg"), OSError(code, os.strerror(code)))
    assert type(error) is kind
    assert words in error.reason


def test_opening_leaves_the_file_as_it_was(written: Write) -> None:
    path = written("a.jpg", b"x")
    before = path.stat()
    open_photo(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(before.st_mode)
    assert path.read_bytes() == b"x"
