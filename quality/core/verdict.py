"""The verdict on one photo: pure arithmetic on probabilities, thresholds and modes.

Advice only. Never stored as a human decision, never looks at files, models or widgets.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.thresholds import Mode, Modes, Thresholds


class Verdict(StrEnum):
    """The machine's advice on a photo that was judged."""

    KEEP = "keep"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the program says about one photo.

    Attributes:
        verdict: The advice; None means not judged, which is never the same as good.
        reasons: Defects over their line that advise rejecting, in the order of `DEFECTS`.
        hints: Defects over their line that are only a hint, in the order of `DEFECTS`.
    """

    verdict: Verdict | None
    reasons: tuple[Defect, ...] = ()
    hints: tuple[Defect, ...] = ()


NOT_JUDGED = Decision(None)


def decide(
    probabilities: PerDefect[float] | None,
    thresholds: Thresholds,
    modes: Modes,
    scene_is_dark: bool | None = None,
    cannot_tell: bool = False,
) -> Decision:
    """Decides on one photo; fast enough to run for every photo at each move of a slider.

    A defect is over its line when its probability is equal to the threshold or above it.

    Args:
        probabilities: One per defect in 0..1; None where the photo could not be judged.
        thresholds: One line per defect in 0..1.
        modes: What a defect over its line may do. Off never shows, hint never rejects, auto rejects unless
            the scene was dark.
        scene_is_dark: Whether the scene itself was dark; None, when nothing says so, counts as not dark.
        cannot_tell: Whether nothing in the photo has enough texture to tell sharp from soft; then blur is a
            hint wherever it may show at all, and never a reason to reject.

    Returns:
        The decision; not judged without probabilities, or where one of them is not a number.
    """
    if probabilities is None:
        return NOT_JUDGED
    reasons: tuple[Defect, ...] = ()
    hints: tuple[Defect, ...] = ()
    for defect, probability, threshold, mode in zip(DEFECTS, probabilities, thresholds, modes, strict=True):
        if math.isnan(probability):
            return NOT_JUDGED
        unsure = cannot_tell and defect is Defect.BLUR
        if probability < threshold and not unsure:
            continue
        if mode is Mode.HINT or (mode is Mode.AUTO and scene_is_dark) or (unsure and mode is not Mode.OFF):
            hints += (defect,)
        elif mode is not Mode.OFF:
            reasons += (defect,)
    return Decision(Verdict.REJECT if reasons else Verdict.KEEP, reasons, hints)
