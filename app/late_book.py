"""Values by row, of which thousands may be noted at once and are only made when somebody asks."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

T = TypeVar("T")
Late = tuple[Callable[[int], T], int]
"""What makes a value, and what it is called with."""

_NONE: Mapping[int, Any] = MappingProxyType({})


class LateBook(MutableMapping[int, T]):
    """A dictionary by row; whoever reads it does not see which values are made already."""

    def __init__(self, made: Mapping[int, T] = _NONE, late: Mapping[int, Late[T]] = _NONE) -> None:
        """Takes values that are made, and others with what they are made from."""
        self._made, self._late = dict(made), dict(late)

    def note_late(self, rows: Sequence[int], places: Sequence[int], make: Callable[[int], T]) -> None:
        """Notes values that are made when they are asked for.

        Args:
            rows: Their rows; values noted under these before are forgotten.
            places: What `make` is called with for each.
            make: Gives the value.
        """
        for row in self._made.keys() & set(rows):
            del self._made[row]
        self._late.update(zip(rows, ((make, place) for place in places), strict=True))

    def rearranged(self, rows: Mapping[int, int]) -> "LateBook[T]":
        """The same values under other rows.

        Args:
            rows: For rows of the new book those of this one; rows without a value are left out.
        """
        made = {row: self._made[old] for row, old in rows.items() if old in self._made}
        late = {row: self._late[old] for row, old in rows.items() if old in self._late}
        return LateBook(made, late)

    def __getitem__(self, row: int) -> T:
        """The value of a row, made now where need be."""
        late = self._late.pop(row, None)
        if late is not None:
            make, place = late
            self._made[row] = make(place)
        return self._made[row]

    def __setitem__(self, row: int, value: T) -> None:
        """Replaces the value of a row."""
        self._late.pop(row, None)
        self._made[row] = value

    def __delitem__(self, row: int) -> None:
        """Forgets the value of a row."""
        if self._late.pop(row, None) is None:
            del self._made[row]

    def __contains__(self, row: object) -> bool:
        """Whether a row has a value; makes none."""
        return row in self._late or row in self._made

    def __iter__(self) -> Iterator[int]:
        """The rows that have a value; may be read while values are made."""
        return iter([*self._made, *self._late])

    def __len__(self) -> int:
        """How many rows have a value."""
        return len(self._made) + len(self._late)
