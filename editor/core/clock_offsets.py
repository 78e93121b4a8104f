"""By how much the clocks of a shoot's cameras were wrong, so that photos of several bodies sort together.

It must not read files: what a camera wrote comes from `metadata`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from editor.core.metadata import PhotoMetadata
from editor.core.shoot_records import VersionedText

CLOCKS_VERSION = 1
"""Of the form in which offsets are stored."""

MOST_SECONDS = 100 * 366 * 86_400
"""No clock is taken to be wrong by more, in seconds: about a hundred years."""

NO_NAME = "unknown"
"""The body of photos whose camera wrote no name."""


def body_of(metadata: PhotoMetadata) -> str:
    """By what a camera body is told from others: its name, and its serial number where it wrote one."""
    name = metadata.camera or NO_NAME
    return f"{name} #{metadata.camera_serial}" if metadata.camera_serial else name


@dataclass(frozen=True, slots=True)
class ClockOffsets:
    """What is added to the times of each body.

    Attributes:
        seconds: By body (see body_of), -MOST_SECONDS..MOST_SECONDS; a body that is not here was right.
    """

    seconds: Mapping[str, int] = field(default_factory=dict)

    def corrected(self, metadata: PhotoMetadata) -> datetime | None:
        """When a photo was taken by the corrected clock; None where no camera says.

        The zone is left out, since cameras that write none are compared by their clocks.
        """
        if metadata.taken_at is None:
            return None
        clock = metadata.taken_at.replace(tzinfo=None)
        try:
            return clock + timedelta(seconds=self.seconds.get(body_of(metadata), 0))
        except OverflowError:
            return clock


RIGHT_CLOCKS = ClockOffsets()
"""All clocks were right."""


def clocks_to_text(clocks: ClockOffsets) -> VersionedText:
    """The offsets as they are stored; those of zero are left out."""
    seconds = {body: offset for body, offset in sorted(clocks.seconds.items()) if offset}
    return VersionedText(CLOCKS_VERSION, json.dumps(seconds, ensure_ascii=False))


def clocks_from_text(text: VersionedText | None) -> ClockOffsets:
    """The stored offsets; what makes no sense, or is of a newer form, counts as right clocks."""
    if text is None or text.version != CLOCKS_VERSION:
        return RIGHT_CLOCKS
    found = json.loads(text.text)
    if not isinstance(found, dict):
        return RIGHT_CLOCKS
    return ClockOffsets(
        {
            body: offset
            for body, offset in found.items()
            if isinstance(offset, int) and not isinstance(offset, bool) and abs(offset) <= MOST_SECONDS
        }
    )
