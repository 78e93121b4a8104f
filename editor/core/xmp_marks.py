"""What the marks in a sidecar mean, and how ours are written for other programs.

Where properties contradict each other: those that changed since the sidecar was last seen speak before
those that did not; a decision speaks before none; then xmpDM:pick before digiKam:PickLabel before
xmpDM:good before an xmp:Rating of -1. Stars come from xmp:Rating alone, labels from xmp:Label alone.
"""

import math
from enum import Enum

from editor.core.marks import MOST_STARS, Flag, Marks, clean_label
from editor.core.xmp_names import NO_PROPERTIES, Property, SidecarProperties

_FLAGS = {
    Property.PICK: {"1": Flag.PICK, "0": Flag.UNFLAGGED, "-1": Flag.REJECT},
    Property.PICK_LABEL: {
        "0": Flag.UNFLAGGED,
        "1": Flag.REJECT,
        "2": Flag.UNFLAGGED,
        "3": Flag.PICK,
    },
    Property.GOOD: {"true": Flag.PICK, "false": Flag.REJECT},
}
_REJECTED = -1


class RejectRating(Enum):
    """When a rejected photo's xmp:Rating is written as -1, which takes the place of its stars."""

    WITHOUT_STARS = "without stars"
    """Only where there are no stars to lose."""
    ALWAYS = "always"
    NEVER = "never"


def properties_of(marks: Marks, reject_rating: RejectRating) -> dict[Property, str | None]:
    """The value of each property that publishes some marks; None for one that should say nothing."""
    pick, good, pick_label = _FLAG_VALUES[marks.flag]
    rating = str(marks.rating) if marks.rating else None
    if marks.flag is Flag.REJECT and (
        reject_rating is RejectRating.ALWAYS
        or (reject_rating is RejectRating.WITHOUT_STARS and not marks.rating)
    ):
        rating = str(_REJECTED)
    return {
        Property.RATING: rating,
        Property.LABEL: marks.label,
        Property.PICK: pick,
        Property.GOOD: good,
        Property.PICK_LABEL: pick_label,
    }


def take_over(ours: Marks, now: SidecarProperties, before: SidecarProperties | None = None) -> Marks:
    """Our marks after those of a sidecar that another program wrote.

    What the other program changed wins, be it that it took a mark away; what it left as we last saw it
    does not touch ours.

    Args:
        ours: The photo's marks.
        now: What the sidecar says now; NO_PROPERTIES if it is gone.
        before: What it said when we last read or wrote it; None if we never did, in which case all
            that it says counts as new and what it does not say leaves ours alone.
    """
    before = before or NO_PROPERTIES
    changed = {prop for prop in Property if now.of(prop) != before.of(prop)}
    return Marks(
        _flag(now, before, changed) or ours.flag,
        _new_rating(ours.rating, now, before) if Property.RATING in changed else ours.rating,
        clean_label(now.label or "") if Property.LABEL in changed else ours.label,
    )


def _flag(now: SidecarProperties, before: SidecarProperties, changed: set[Property]) -> Flag | None:
    """The flag that the changed properties say; None if they say nothing of it."""
    said: list[Flag] = []
    for prop in (Property.PICK, Property.PICK_LABEL, Property.GOOD, Property.RATING):
        if prop in changed:
            flag = _said(prop, now.of(prop))
            if flag is None and _said(prop, before.of(prop)) is not None:
                flag = Flag.UNFLAGGED
            if flag is not None:
                said.append(flag)
    return next((flag for flag in said if flag is not Flag.UNFLAGGED), said[0] if said else None)


def _said(prop: Property, value: str | None) -> Flag | None:
    if value is None:
        return None
    if prop is Property.RATING:
        return Flag.REJECT if _number(value) == _REJECTED else None
    return _FLAGS[prop].get(value.lower())


def _new_rating(ours: int, now: SidecarProperties, before: SidecarProperties) -> int:
    stars = _stars(now.rating)
    if stars is not None:
        return stars
    taken_away = now.rating is None and _stars(before.rating) is not None
    return 0 if taken_away else ours


def _stars(value: str | None) -> int | None:
    """The stars that a rating says; None for -1, which says nothing of them, and for what makes no sense."""
    number = _number(value) if value else math.nan
    return int(number) if 0 <= number <= MOST_STARS else None


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan


_FLAG_VALUES: dict[Flag, tuple[str | None, str | None, str | None]] = {
    Flag.PICK: ("1", "true", "3"),
    Flag.REJECT: ("-1", "false", "1"),
    Flag.UNFLAGGED: (None, None, None),
}
