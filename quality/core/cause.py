"""Why photos of a shoot are flagged: how many soft ones had a slow shutter, how many dark ones a dark scene.

It must not decide what is flagged; it only counts among what is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from editor.core.metadata import PhotoMetadata
from quality.core.labels import Defect
from quality.core.photo_facts import PhotoFacts

SLOWEST_PER_FOCAL = 0.5
"""Longest time that most hands hold still, in seconds times millimetres (35 mm equivalent): 1 / (2 f)."""


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How many flagged photos have a cause.

    Attributes:
        defect: What they are flagged for.
        flagged: Those over the line.
        known: Those of them whose camera wrote enough to tell.
        caused: Those of them that have the cause: a slow shutter for blur, a dark scene for under.
    """

    defect: Defect
    flagged: int
    known: int
    caused: int


def shutter_is_slow(metadata: PhotoMetadata) -> bool | None:
    """Whether the exposure was longer than 1 / (2 x focal length).

    Args:
        metadata: What the camera wrote; the focal length in 35 mm terms is preferred.

    Returns:
        None when the time or the focal length is missing.
    """
    focal = metadata.focal_35mm or metadata.focal_mm
    if not focal or not metadata.exposure_s:
        return None
    return metadata.exposure_s * focal > SLOWEST_PER_FOCAL


def blur_causes(flagged: Iterable[PhotoFacts]) -> CauseCount:
    """Counts slow shutters among photos over the line for blur."""
    slow = [shutter_is_slow(facts.metadata) for facts in flagged]
    return CauseCount(Defect.BLUR, len(slow), sum(one is not None for one in slow), slow.count(True))


def under_causes(flagged: Iterable[PhotoFacts]) -> CauseCount:
    """Counts dark scenes among photos over the line for under."""
    dark = [facts.scene_is_dark for facts in flagged]
    return CauseCount(Defect.UNDER, len(dark), sum(one is not None for one in dark), dark.count(True))
