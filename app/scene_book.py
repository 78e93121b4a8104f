"""What is known of the scenes of a shoot: settings, light, and which were dark; no Qt, no files."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from editor.core.metadata import NO_METADATA, PhotoMetadata
from quality.core.blur_evidence import BlurWitnesses
from quality.core.cause import answer_code, shutter_is_slow
from quality.core.light_measure import LightMeasure
from quality.core.photo_facts import PhotoFacts
from quality.core.scene_light import DARK_LINE, light_value, scene_light
from quality.core.series import clock_seconds

T = TypeVar("T")


class SceneBook:
    """One entry per row; `dark` follows the dark line by arithmetic on whole columns.

    Attributes:
        metadata: What the camera wrote, by row.
        lights: What was measured in the picture, by row.
        witnesses: What frame and tiles said about blur, by row.
        dark: Shape (photos,), whether the scene was dark.
        night: Shape (photos,), whether the user said that it was a night.
        cannot_tell: Shape (photos,), whether nothing has texture enough to judge blur.
        slow: Shape (photos,), whether the shutter was slow, by `answer_code`.
        taken_s: Shape (photos,), what the camera's clock showed, by `clock_seconds`; not-a-number unknown.
        middle_ev: Shape (photos,), the middle of the light in EV below white; not-a-number unknown.
    """

    def __init__(self, count: int) -> None:
        """Knows nothing of ``count`` photos."""
        self.metadata: dict[int, PhotoMetadata] = {}
        self.lights: dict[int, LightMeasure] = {}
        self.dark: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
        self.night: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
        self.witnesses: dict[int, BlurWitnesses] = {}
        self.cannot_tell: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
        self.slow: NDArray[np.int8] = np.full(count, -1, dtype=np.int8)
        self.taken_s: NDArray[np.float64] = np.full(count, np.nan)
        self.middle_ev: NDArray[np.float64] = np.full(count, np.nan)
        self._values = np.full(count, np.nan)
        self._can_tell_dark = np.zeros(count, dtype=np.bool_)
        self._dark_by_content = np.zeros(count, dtype=np.bool_)
        self._dark_line = DARK_LINE

    def note(
        self,
        row: int,
        metadata: PhotoMetadata,
        light: LightMeasure | None,
        witnesses: BlurWitnesses | None = None,
    ) -> None:
        """Keeps what came with the score of a photo."""
        self.note_all([row], [metadata], [light], [witnesses])

    def note_all(
        self,
        rows: Sequence[int],
        metadata: Sequence[PhotoMetadata],
        lights: Sequence[LightMeasure | None],
        witnesses: Sequence[BlurWitnesses | None],
    ) -> None:
        """Keeps what came with the scores of some photos; whole columns, for a known shoot comes at once."""
        if not rows:
            return
        self.metadata.update(zip(rows, metadata, strict=True))
        _replace(self.lights, rows, lights)
        _replace(self.witnesses, rows, witnesses)
        self.cannot_tell[rows] = [one is not None and one.cannot_tell for one in witnesses]
        self.slow[rows] = [answer_code(shutter_is_slow(one)) for one in metadata]
        times = (one.taken_at for one in metadata)
        self.taken_s[rows] = [np.nan if taken is None else clock_seconds(taken) for taken in times]
        self.middle_ev[rows] = [np.nan if one is None else one.middle_ev for one in lights]
        # As `scene_light` says it of one photo.
        values = np.array([light_value(one) for one in metadata], dtype=np.float64)
        measured = np.array([one is not None for one in lights], dtype=np.bool_)
        on_purpose = np.array([one is not None and one.dark_on_purpose for one in lights], dtype=np.bool_)
        unknown = np.isnan(values)
        self._values[rows] = values
        self._can_tell_dark[rows] = ~unknown | measured
        self._dark_by_content[rows] = unknown & on_purpose
        self._darken()

    def note_metadata(self, row: int, metadata: PhotoMetadata) -> bool:
        """Keeps what the camera wrote into a photo before it is judged; no reason to call its scene dark.

        Returns:
            Whether nothing was known before.
        """
        return self.metadata.setdefault(row, metadata) is metadata

    def facts(self, row: int) -> PhotoFacts:
        """What explains the scores of one photo."""
        metadata, light = self.metadata.get(row, NO_METADATA), self.lights.get(row)
        scene = scene_light(metadata, light, self._dark_line)
        return PhotoFacts(metadata, light, scene, bool(self.night[row]), self.witnesses.get(row))

    @property
    def dark_answers(self) -> NDArray[np.int8]:
        """Shape (photos,), whether the scene was dark, by `answer_code`."""
        return np.where(self._can_tell_dark | self.night, self.dark, -1).astype(np.int8)

    def set_dark_line(self, line: float) -> None:
        """Moves the light value below which a scene is dark."""
        if line != self._dark_line:
            self._dark_line = line
            self._darken()

    def treat_as_night(self, rows: Iterable[int]) -> None:
        """The user said that these photos show a night."""
        self.night[list(rows)] = True
        self._darken()

    def _darken(self) -> None:
        # A comparison with not-a-number is false, so photos without a light value are not dark by it.
        self.dark = (self._values < self._dark_line) | self._dark_by_content | self.night


def _replace(book: dict[int, T], rows: Sequence[int], values: Sequence[T | None]) -> None:
    """Puts values under their rows; None takes one away."""
    for row, value in zip(rows, values, strict=True):
        if value is None:
            book.pop(row, None)
        else:
            book[row] = value
