"""Identity: the same for the same content, another as soon as a sampled byte differs."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.core.errors import PhotoMissingError, PhotoUnreadableError
from editor.core.photo import SAMPLE_BYTES, PhotoIdentity, read_identity

Write = Callable[[str, bytes], Path]


def test_it_belongs_to_the_content_not_to_the_name(written: Write) -> None:
    content = bytes(range(256)) * 2000
    assert read_identity(written("a.jpg", content)) == read_identity(written("b.png", content))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    place=st.integers(0, SAMPLE_BYTES - 1),
    at_end=st.booleans(),
    size=st.sampled_from([200_000, 131_072, 90_000]),
)
def test_any_changed_byte_at_either_end_changes_it(
    tmp_path: Path, place: int, at_end: bool, size: int
) -> None:
    content = bytearray(size)
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    before = read_identity(path)
    content[size - 1 - place if at_end else place] ^= 1
    path.write_bytes(content)
    assert read_identity(path) != before


@pytest.mark.parametrize("size", [1, 5, SAMPLE_BYTES, SAMPLE_BYTES + 1, 2 * SAMPLE_BYTES])
def test_in_a_small_file_every_byte_counts(written: Write, size: int) -> None:
    content = bytes(size - 1) + b"\1"
    assert read_identity(written("a", content)) != read_identity(written("b", bytes(size)))


def test_a_byte_more_in_the_middle_changes_it(written: Write) -> None:
    assert read_identity(written("a", bytes(300_000))) != read_identity(written("b", bytes(300_001)))


def test_the_key_is_a_short_file_name(written: Write) -> None:
    identity = read_identity(written("a.jpg", b"x" * 255))
    assert identity.key == f"ff-{identity.digest}"
    assert len(identity.digest) == 32
    assert PhotoIdentity(255, identity.digest) == identity


def test_a_missing_file_and_an_empty_one_are_errors(written: Write, tmp_path: Path) -> None:
    with pytest.raises(PhotoMissingError, match="no longer there"):
        read_identity(tmp_path / "gone.jpg")
    with pytest.raises(PhotoUnreadableError, match="empty"):
        read_identity(written("empty.jpg", b""))


def test_a_disk_that_fails_while_reading_is_an_error_of_the_photo(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FailingDisk(io.FileIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    path = written("a.jpg", b"x")
    monkeypatch.setattr("editor.core.photo.open_photo", FailingDisk)
    with pytest.raises(PhotoUnreadableError, match="check the card or drive"):
        read_identity(path)
