"""What a person decided about a photo, and how that came about.

It must not hold advice: what the network says of a photo is never stored as a mark.
"""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

MOST_STARS = 5
"""The best rating; 0 is no rating."""

LONGEST_LABEL = 100
"""The most characters a label may have."""


class Flag(StrEnum):
    """A person's decision about a photo."""

    PICK = "pick"
    REJECT = "reject"
    UNFLAGGED = "unflagged"


class Decider(StrEnum):
    """Who gave a mark."""

    USER = "user"
    """The person in front of the screen."""
    SIDECAR = "sidecar"
    """Another program, through a sidecar."""


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a photo.

    Attributes:
        flag: Picked, rejected or neither.
        rating: Stars, 0 (none) to 5.
        label: A colour's name or any other text of one line; None for none.

    Raises:
        ValueError: if the rating or the label is not as described.
    """

    flag: Flag = Flag.UNFLAGGED
    rating: int = 0
    label: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.rating <= MOST_STARS:
            raise ValueError(f"a rating lies between 0 and {MOST_STARS}, not at {self.rating}")
        if self.label is not None and clean_label(self.label) != self.label:
            raise ValueError(f"a label is a text of one line, not {self.label!r}")


NO_MARKS = Marks()
"""The marks of a photo nobody has decided about."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How marks came about.

    Attributes:
        decided_by: Who gave them.
        decided_at: When, with a time zone.
        badge_seen: Whether the advice could be seen when they were given: such a mark says less about
            the network than one given without it.

    Raises:
        ValueError: if the time has no zone.
    """

    decided_by: Decider
    decided_at: datetime
    badge_seen: bool

    def __post_init__(self) -> None:
        if self.decided_at.utcoffset() is None:
            raise ValueError("the time of a mark needs a time zone")

    @classmethod
    def now(cls, decided_by: Decider, *, badge_seen: bool) -> "Provenance":
        """The provenance of marks given at this moment."""
        return cls(decided_by, datetime.now(UTC), badge_seen)


@dataclass(frozen=True, slots=True)
class RecordedMarks:
    """Marks together with how they came about, as they are stored."""

    marks: Marks
    provenance: Provenance


def clean_label(text: str) -> str | None:
    """The label a text stands for: white space made single, nothing that cannot be shown or stored.

    Returns:
        At most LONGEST_LABEL characters; None if nothing is left.
    """
    printable = "".join(" " if unicodedata.category(letter) in _UNFIT else letter for letter in text)
    return " ".join(printable.split())[:LONGEST_LABEL].rstrip() or None


_UNFIT = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
