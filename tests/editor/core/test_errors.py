"""Errors name their file, speak to a person, and survive the way to another process."""

import pickle
from pathlib import Path

import pytest

from editor.core.errors import (
    FolderError,
    PhotoError,
    PhotoMissingError,
    PhotoTooLargeError,
    PhotoUnreadableError,
    PhotoUnsupportedError,
)

KINDS = [PhotoError, PhotoMissingError, PhotoTooLargeError, PhotoUnreadableError, PhotoUnsupportedError]


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_error_names_its_file_and_its_reason(kind: type[PhotoError]) -> None:
    error = kind(Path("shoot/IMG_1.jpg"), "It is broken.")
    assert str(error) == "IMG_1.jpg: It is broken."
    assert isinstance(error, PhotoError)


@pytest.mark.parametrize("kind", [*KINDS, FolderError])
def test_an_error_can_be_pickled(kind: type[PhotoError]) -> None:
    error = kind(Path("shoot/a\nb.jpg"), "It is broken.")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own bytes)
    assert type(again) is kind
    assert (again.path, again.reason, str(again)) == (error.path, error.reason, str(error))


def test_a_folder_error_names_the_whole_path() -> None:
    folder = Path("cards") / "DCIM"
    assert str(FolderError(folder, "Gone.")) == f"{folder}: Gone."
