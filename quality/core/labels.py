"""The three technical defects, and one value for each of them; knows nothing of models or thresholds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Defect(StrEnum):
    """What the network looks for; the value is the name used in files and on the command line."""

    BLUR = "blur"
    UNDER = "under"
    OVER = "over"


DEFECTS: tuple[Defect, ...] = (Defect.BLUR, Defect.UNDER, Defect.OVER)
"""Every defect, in the order of the network's outputs."""


# No slots here: calling an alias such as ``PerDefect[float](...)`` lets `typing` try to set an attribute,
# which a frozen dataclass with slots answers with a TypeError on Python 3.11.
@dataclass(frozen=True)
class PerDefect(Generic[T]):
    """One value per defect: probabilities, thresholds, modes, temperatures.

    Iterating gives the values in the order of `DEFECTS`.
    """

    blur: T
    under: T
    over: T

    def of(self, defect: Defect) -> T:
        """The value that belongs to one defect."""
        if defect is Defect.BLUR:
            return self.blur
        return self.under if defect is Defect.UNDER else self.over

    def with_(self, defect: Defect, value: T) -> "PerDefect[T]":
        """A copy in which one defect has another value."""
        return replace(self, **{defect.value: value})

    def __iter__(self) -> Iterator[T]:
        return iter((self.blur, self.under, self.over))
