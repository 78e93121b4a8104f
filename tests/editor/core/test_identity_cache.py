"""Remembered identities: found again, never for a changed photo, and nothing fails without the file."""

from pathlib import Path

import pytest

from editor.core.identity_cache import IdentityCache
from editor.core.photo import read_identity


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    made = [tmp_path / name for name in ("a.jpg", "größe.jpg", "c.jpg")]
    for number, path in enumerate(made):
        path.write_bytes(bytes([number]) * 500)
    return made


def noted(cache: IdentityCache, photos: list[Path]) -> None:
    for path in photos:
        cache.note(path, read_identity(path), path.stat())
    cache.close()


def test_identities_are_found_again_without_reading(photos: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "cache" / "identities.sqlite"
    noted(IdentityCache(file), photos[:2])
    again = IdentityCache(file)
    assert again.load(photos) == {path: read_identity(path) for path in photos[:2]}
    again.close()


def test_a_changed_or_missing_photo_is_not_known(photos: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "identities.sqlite"
    noted(IdentityCache(file), photos)
    photos[0].write_bytes(b"another")
    photos[1].unlink()
    again = IdentityCache(file)
    assert list(again.load(photos)) == [photos[2]]
    again.close()


def test_a_damaged_file_is_begun_anew(photos: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "identities.sqlite"
    file.write_bytes(b"no database at all" * 100)
    noted(IdentityCache(file), photos)
    again = IdentityCache(file)
    assert set(again.load(photos)) == set(photos)
    again.close()


def test_without_a_place_nothing_is_known_and_nothing_fails(photos: list[Path], tmp_path: Path) -> None:
    cache = IdentityCache(tmp_path)
    noted(cache, photos)
    assert cache.load(photos) == {}


def test_many_are_written_while_more_come(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"x")
    identity, status = read_identity(photo), photo.stat()
    cache = IdentityCache(tmp_path / "identities.sqlite")
    for number in range(300):
        cache.note(tmp_path / f"{number}.jpg", identity, status)
    cache.note(photo, identity, status)
    cache.close()
    again = IdentityCache(tmp_path / "identities.sqlite")
    assert again.load([photo, tmp_path / "7.jpg"]) == {photo: identity}
    again.close()
