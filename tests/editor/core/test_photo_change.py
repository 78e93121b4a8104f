"""What is read from one photo belongs together: a file that changes meanwhile is said, never judged."""

import os
from pathlib import Path

import pytest

from editor.core.errors import PhotoMissingError, PhotoUnreadableError
from editor.core.photo_change import CHANGED_MEANWHILE, unchanged


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x" * 1000)
    return path


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def exchange(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize("change", [grow, touch, exchange])
def test_a_change_is_said(photo: Path, change: object) -> None:
    assert callable(change)
    with pytest.raises(PhotoUnreadableError) as caught, unchanged(photo):
        change(photo)
    assert caught.value.path == photo
    assert caught.value.reason == CHANGED_MEANWHILE


def test_what_stays_as_it_is_passes(photo: Path) -> None:
    with unchanged(photo):
        content = photo.read_bytes()
    assert len(content) == 1000


def test_half_a_copy_is_not_called_damaged(photo: Path) -> None:
    def read() -> None:
        with unchanged(photo):
            grow(photo)
            raise PhotoUnreadableError(photo, "The file ends too early.")

    with pytest.raises(PhotoUnreadableError) as caught:
        read()
    assert caught.value.reason == CHANGED_MEANWHILE


def test_a_damaged_file_that_stays_is_called_damaged(photo: Path) -> None:
    with pytest.raises(PhotoUnreadableError) as caught, unchanged(photo):
        raise PhotoUnreadableError(photo, "The file ends too early.")
    assert caught.value.reason == "The file ends too early."


def test_a_file_that_goes_after_it_was_read_was_read(photo: Path) -> None:
    with unchanged(photo):
        photo.unlink()


def test_a_file_that_is_missing_stays_missing(photo: Path) -> None:
    photo.unlink()
    with pytest.raises(PhotoMissingError), unchanged(photo):
        raise PhotoMissingError(photo, "The file is no longer there.")
