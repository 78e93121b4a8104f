"""Values by row, of which thousands may be noted at once and are only made when somebody asks."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class LateBook(MutableMapping[int, T]):
    """A dictionary by row; whoever reads it does not see which values are made already."""

    def __init__(self) -> None:
        self._made: dict[int, T] = {}
        self._late: dict[int, tuple[Callable[[int], T], int]] = {}

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
