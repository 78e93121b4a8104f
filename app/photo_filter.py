"""Which photos are shown and in which order: pure arithmetic on the columns of a shoot; no Qt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.mark_book import FlagCode
from app.shoot import OverLines, Shoot
from editor.core.clock_offsets import RIGHT_CLOCKS, ClockOffsets
from quality.core.labels import DEFECTS, Defect

Mask = NDArray[np.bool_]


class Facet(StrEnum):
    """One thing a photo may be; the part before the dot is its group."""

    PICK = "flag.pick"
    REJECT = "flag.reject"
    UNDECIDED = "flag.undecided"
    RED = "label.red"
    YELLOW = "label.yellow"
    GREEN = "label.green"
    BLUE = "label.blue"
    OTHER_LABEL = "label.other"
    NO_LABEL = "label.none"
    BLUR = "advice.blur"
    UNDER = "advice.under"
    OVER = "advice.over"
    HINT = "advice.hint"
    ERROR = "advice.error"
    NEAR = "line.near"
    EDITED = "edit.edited"

    @property
    def group(self) -> str:
        """Facets of one group widen each other, those of different groups narrow."""
        return self.value.partition(".")[0]


ADVICE_FACETS = frozenset(facet for facet in Facet if facet.group in {"advice", "line"})


class SortKey(StrEnum):
    """By what photos are sorted; equal ones keep the order of their names."""

    NAME = "name"
    TIME = "time"
    RATING = "rating"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class PhotoFilter:
    """What is shown.

    Attributes:
        wanted: A photo has to be one of these in every group named here.
        excluded: A photo may be none of these.
        stars: The fewest stars, 0..5; with `fewer` photos with fewer than these.
        fewer: Whether the condition on stars is turned round.
    """

    wanted: frozenset[Facet] = field(default_factory=frozenset)
    excluded: frozenset[Facet] = field(default_factory=frozenset)
    stars: int = 0
    fewer: bool = False

    @property
    def empty(self) -> bool:
        """Whether every photo is shown."""
        return not (self.wanted or self.excluded or self.stars)

    @property
    def follows_marks(self) -> bool:
        """Whether a mark may change what is shown."""
        return bool(self.stars or (self.wanted | self.excluded) - ADVICE_FACETS - {Facet.EDITED})

    @property
    def follows_edits(self) -> bool:
        """Whether an edit may change what is shown."""
        return Facet.EDITED in self.wanted | self.excluded

    @property
    def follows_advice(self) -> bool:
        """Whether scores and lines may change what is shown."""
        return bool((self.wanted | self.excluded) & ADVICE_FACETS)


EVERYTHING = PhotoFilter()


def shown_rows(
    shoot: Shoot,
    over: OverLines,
    chosen: PhotoFilter,
    sort: SortKey,
    *,
    reverse: bool = False,
    clocks: ClockOffsets = RIGHT_CLOCKS,
) -> NDArray[np.intp]:
    """The rows of a shoot that are shown, in the order of the view.

    Args:
        shoot: The photos.
        over: Which are over which line now.
        chosen: What is shown.
        sort: By what they are sorted.
        reverse: Whether the order is turned round.
        clocks: By how much each camera's clock was wrong.
    """
    order = _sorted_rows(shoot, sort, clocks)
    if reverse:
        order = order[::-1]
    return order[filter_mask(shoot, over, chosen)[order]]


def filter_mask(shoot: Shoot, over: OverLines, chosen: PhotoFilter) -> Mask:
    """Which photos a filter lets through; shape (photos,)."""
    through = np.ones(len(shoot), np.bool_)
    for group in {facet.group for facet in chosen.wanted}:
        any_of = np.zeros(len(shoot), np.bool_)
        for facet in chosen.wanted:
            if facet.group == group:
                any_of |= facet_mask(shoot, over, facet)
        through &= any_of
    for facet in chosen.excluded:
        through &= ~facet_mask(shoot, over, facet)
    if chosen.stars:
        enough = shoot.marks.ratings >= chosen.stars
        through &= ~enough if chosen.fewer else enough
    return through


def facet_mask(shoot: Shoot, over: OverLines, facet: Facet) -> Mask:
    """Which photos are what a facet says; shape (photos,)."""
    if facet.group == "flag":
        return np.asarray(shoot.marks.flags == _FLAGS[facet], np.bool_)
    if facet.group == "label":
        wanted = _LABELS[facet]
        return np.fromiter((wanted(label) for label in shoot.marks.labels), np.bool_, len(shoot))
    if facet is Facet.EDITED:
        return np.asarray(shoot.recipes.edited, np.bool_)
    if facet is Facet.NEAR:
        return over.near
    if facet is Facet.HINT:
        return np.asarray(over.hints.any(axis=1), np.bool_)
    if facet is Facet.ERROR:
        mask = np.zeros(len(shoot), np.bool_)
        mask[[row for row in shoot.faults if not shoot.is_judged(row)]] = True
        return mask
    return np.asarray(over.reasons[:, DEFECTS.index(_DEFECTS[facet])], np.bool_)


def _sorted_rows(shoot: Shoot, sort: SortKey, clocks: ClockOffsets) -> NDArray[np.intp]:
    if sort is SortKey.TIME:
        return np.argsort(_times(shoot, clocks), kind="stable")
    if sort is SortKey.RATING:
        return np.argsort(-shoot.marks.ratings.astype(np.int16), kind="stable")
    if sort is SortKey.SCORE:
        worst = np.nan_to_num(shoot.probabilities, nan=-1.0).max(axis=1, initial=-1.0)
        return np.argsort(-worst, kind="stable")
    return np.arange(len(shoot))


def _times(shoot: Shoot, clocks: ClockOffsets) -> NDArray[np.float64]:
    """When each photo was taken by its camera's corrected clock, in seconds; infinite where none says."""
    times = np.full(len(shoot), np.inf)
    for row, metadata in shoot.metadata.items():
        clock = clocks.corrected(metadata)
        if clock is not None:
            times[row] = (clock - _EPOCH).total_seconds()
    return times


_EPOCH = datetime(1970, 1, 1)
_FLAGS = {
    Facet.PICK: FlagCode.PICK,
    Facet.REJECT: FlagCode.REJECT,
    Facet.UNDECIDED: FlagCode.UNFLAGGED,
}
_OWN_LABELS = ("Red", "Yellow", "Green", "Blue")
_LABELS: dict[Facet, Callable[[str | None], bool]] = {
    Facet.RED: lambda label: label == "Red",
    Facet.YELLOW: lambda label: label == "Yellow",
    Facet.GREEN: lambda label: label == "Green",
    Facet.BLUE: lambda label: label == "Blue",
    Facet.OTHER_LABEL: lambda label: label is not None and label not in _OWN_LABELS,
    Facet.NO_LABEL: lambda label: label is None,
}
_DEFECTS = {Facet.BLUR: Defect.BLUR, Facet.UNDER: Defect.UNDER, Facet.OVER: Defect.OVER}
