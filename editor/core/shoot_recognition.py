"""Recognises the photos of a shoot after they were renamed, moved or written anew.

It must not touch files or the store: it compares what was found with what is stored.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from editor.core.photo import PhotoIdentity
from editor.core.shoot_records import FoundPhoto, StoredPhoto


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which stored photo each found one is.

    Attributes:
        known: The found photos that are stored, with their rows.
        new: The found photos that are not.
        displaced: Rows of stored photos whose place another photo has taken.
    """

    known: tuple[tuple[FoundPhoto, int], ...]
    new: tuple[FoundPhoto, ...]
    displaced: tuple[int, ...]


def recognise(
    found: Iterable[FoundPhoto], stored: Iterable[StoredPhoto], listed: Collection[str] = frozenset()
) -> Recognition:
    """Finds out which stored photo each found one is, no stored one twice.

    First come photos with the same content in the same place; then those with the same content
    elsewhere, of the same name if there is one (moved), else any (renamed); last, photos in the place of
    a stored one whose content is nowhere: another program has written it anew, as it does to put
    metadata in. So duplicates keep their own rows and an exchange of two names is followed.

    Args:
        found: Photos whose identity was read.
        stored: All photos of the store.
        listed: The places of all photos there are now, where found is only some of them: a stored photo
            that is still there but was not read is not taken for one that moved.
    """
    matching = _Matching(list(found), list(stored), listed)
    matching.take(lambda photo, row: row.key == photo.key, same_content=True)
    matching.take(lambda photo, row: _name(row.key) == _name(photo.key), same_content=True)
    matching.take(lambda _photo, _row: True, same_content=True)
    matching.take(lambda photo, row: row.key == photo.key, same_content=False)
    return matching.result()


class _Matching:
    """Gives stored photos to found ones, the surest first."""

    def __init__(self, found: list[FoundPhoto], stored: list[StoredPhoto], listed: Collection[str]) -> None:
        self._found = found
        places = {photo.key for photo in found}
        self._stored = stored
        self._free = {
            row.row: row for row in stored if row.key is None or row.key in places or row.key not in listed
        }
        self._given: dict[str, int] = {}

    def take(self, fits: Callable[[FoundPhoto, StoredPhoto], bool], *, same_content: bool) -> None:
        by_content: dict[PhotoIdentity, list[StoredPhoto]] = {}
        by_place: dict[str, StoredPhoto] = {}
        for row in self._free.values():
            by_content.setdefault(row.identity, []).append(row)
            if row.key is not None:
                by_place[row.key] = row
        for photo in self._found:
            if photo.key in self._given:
                continue
            place = by_place.get(photo.key)
            candidates = by_content.get(photo.identity, ()) if same_content else ([place] if place else ())
            match = next((row for row in candidates if row.row in self._free and fits(photo, row)), None)
            if match is not None:
                self._given[photo.key] = match.row
                del self._free[match.row]

    def result(self) -> Recognition:
        known = tuple((photo, self._given[photo.key]) for photo in self._found if photo.key in self._given)
        new = tuple(photo for photo in self._found if photo.key not in self._given)
        places = {photo.key for photo in self._found}
        rows = set(self._given.values())
        displaced = tuple(row.row for row in self._stored if row.key in places and row.row not in rows)
        return Recognition(known, new, displaced)


def _name(key: str | None) -> str | None:
    return None if key is None else PurePosixPath(key).name
