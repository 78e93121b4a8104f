"""What a shoot remembers of how it is judged: lines, modes, dark line and nights, as JSON; no files."""

import json
import math
from dataclasses import dataclass
from typing import Any

from quality.core.labels import DEFECTS
from quality.core.scene_light import DARK_LINE, DARK_LINES
from quality.core.thresholds import Mode, Modes, Thresholds, clamp_threshold, default_modes

VERSION = 1


@dataclass(frozen=True, slots=True)
class ShootLines:
    """How one shoot is judged.

    Attributes:
        thresholds: The lines; None for the operating point, so that a better model may bring a better one.
        modes: What each defect may do.
        dark_line: The light value below which a scene is dark.
        night: Places of the photos that the user called a night.
    """

    thresholds: Thresholds | None = None
    modes: Modes = default_modes()  # noqa: RUF009 - frozen, so one serves all
    dark_line: float = DARK_LINE
    night: frozenset[str] = frozenset()


def lines_to_json(lines: ShootLines) -> str:
    """One JSON object."""
    thresholds = lines.thresholds
    return json.dumps(
        {
            "thresholds": None if thresholds is None else {one.value: thresholds.of(one) for one in DEFECTS},
            "modes": {one.value: lines.modes.of(one).value for one in DEFECTS},
            "dark_line": lines.dark_line,
            "night": sorted(lines.night),
        }
    )


def lines_from_json(text: str) -> ShootLines | None:
    """The lines again; None where the text makes no sense."""
    try:
        values = json.loads(text)
        dark_line = float(values["dark_line"])
        if not math.isfinite(dark_line):
            return None
        return ShootLines(
            _thresholds(values["thresholds"]),
            Modes(*(Mode(values["modes"][defect.value]) for defect in DEFECTS)),
            min(DARK_LINES[1], max(DARK_LINES[0], dark_line)),
            frozenset(place for place in values["night"] if isinstance(place, str)),
        )
    except (ValueError, TypeError, KeyError):
        return None


def _thresholds(values: Any) -> Thresholds | None:
    if values is None:
        return None
    return Thresholds(*(clamp_threshold(float(values[defect.value])) for defect in DEFECTS))
