"""Why photos of a shoot are flagged: how many soft ones had a slow shutter, how many dark ones a dark scene.

It must not decide what is flagged; it only counts among what is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.core.metadata import PhotoMetadata
from quality.core.labels import Defect

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


def answer_code(answer: bool | None) -> int:
    """How an answer stands in a column: 1 for yes, 0 for no, -1 where the camera wrote too little."""
    return -1 if answer is None else int(answer)


def count_causes(defect: Defect, answers: NDArray[np.int8]) -> CauseCount:
    """Counts among flagged photos: slow shutters for blur, dark scenes for under.

    Args:
        defect: What they are flagged for.
        answers: Shape (flagged photos,), by `answer_code`.

    Returns:
        The counts.
    """
    known, caused = int(np.count_nonzero(answers >= 0)), int(np.count_nonzero(answers == 1))
    return CauseCount(defect, len(answers), known, caused)
