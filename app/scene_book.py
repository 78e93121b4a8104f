"""What is known of the scenes of a shoot: settings, light, and which were dark; no Qt, no files."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.late_book import LateBook
from editor.core.metadata import NO_METADATA, PhotoMetadata
from quality.core.blur_evidence import BlurWitnesses
from quality.core.light_measure import LightMeasure
from quality.core.photo_facts import PhotoFacts
from quality.core.scene_columns import SceneColumns, scene_columns
from quality.core.scene_light import DARK_LINE, scene_light
from quality.core.score_table import ScoreTable
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
        values: Shape (photos,), the light value of the scene; not-a-number unknown.
        can_tell_dark: Shape (photos,), whether anything says if the scene was dark.
        dark_by_content: Shape (photos,), whether the picture says so, where the camera does not.
        dark_line: The light value below which a scene is dark.
    """

    def __init__(self, count: int) -> None:
        """Knows nothing of ``count`` photos."""
        self.metadata: LateBook[PhotoMetadata] = LateBook()
        self.lights: LateBook[LightMeasure] = LateBook()
        self.dark: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
        self.night: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
        self.witnesses: LateBook[BlurWitnesses] = LateBook()
        self.cannot_tell: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
        self.slow: NDArray[np.int8] = np.full(count, -1, dtype=np.int8)
        self.taken_s: NDArray[np.float64] = np.full(count, np.nan)
        self.middle_ev: NDArray[np.float64] = np.full(count, np.nan)
        self.values = np.full(count, np.nan)
        self.can_tell_dark = np.zeros(count, dtype=np.bool_)
        self.dark_by_content = np.zeros(count, dtype=np.bool_)
        self.dark_line = DARK_LINE

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
        times = (one.taken_at for one in metadata)
        focals = [one.focal_35mm or one.focal_mm for one in metadata]
        columns = scene_columns(
            exposure_s=_column([one.exposure_s for one in metadata]),
            focal_mm=_column(focals),
            aperture=_column([one.aperture for one in metadata]),
            iso=_column([one.iso for one in metadata]),
            taken_s=_column([None if taken is None else clock_seconds(taken) for taken in times]),
            middle=_column([None if one is None else one.middle for one in lights]),
            high=_column([None if one is None else one.high for one in lights]),
            cannot_tell=np.array([one is not None and one.cannot_tell for one in witnesses], dtype=np.bool_),
        )
        self._note_columns(rows, columns)

    def note_table(self, rows: Sequence[int], table: ScoreTable) -> None:
        """Keeps what came with many scores; a photo's own part of it is made when it is asked for."""
        if not rows:
            return
        places = range(len(rows))
        self.metadata.note_late(rows, places, table.metadata)
        for book in (self.lights, self.witnesses):
            for row in book.keys() & set(rows):
                del book[row]
        measured = np.flatnonzero(table.scenes.measured).tolist()
        self.lights.note_late([rows[place] for place in measured], measured, table.light)
        asked = table.with_witnesses
        self.witnesses.note_late([rows[place] for place in asked], asked, table.witnesses)
        self._note_columns(rows, table.scenes)

    def _note_columns(self, rows: Sequence[int], columns: SceneColumns) -> None:
        where = np.array(rows, dtype=np.intp)
        self.cannot_tell[where] = columns.cannot_tell
        self.slow[where] = columns.slow
        self.taken_s[where] = columns.taken_s
        self.middle_ev[where] = columns.middle_ev
        # As `scene_light` says it of one photo.
        unknown = np.isnan(columns.values)
        self.values[where] = columns.values
        self.can_tell_dark[where] = ~unknown | columns.measured
        self.dark_by_content[where] = unknown & columns.dark_on_purpose
        self._darken()

    def carry(self, before: "SceneBook", rows: NDArray[np.intp], old: NDArray[np.intp]) -> None:
        """Takes over what another book knows, in place of everything: of its rows `old`, under `rows`."""
        places = dict(zip(rows.tolist(), old.tolist(), strict=True))
        self.metadata = before.metadata.rearranged(places)
        self.lights = before.lights.rearranged(places)
        self.witnesses = before.witnesses.rearranged(places)
        self.night[rows], self.cannot_tell[rows] = before.night[old], before.cannot_tell[old]
        self.slow[rows], self.taken_s[rows] = before.slow[old], before.taken_s[old]
        self.middle_ev[rows], self.values[rows] = before.middle_ev[old], before.values[old]
        self.can_tell_dark[rows] = before.can_tell_dark[old]
        self.dark_by_content[rows] = before.dark_by_content[old]
        self.dark_line = before.dark_line
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
        scene = scene_light(metadata, light, self.dark_line)
        return PhotoFacts(metadata, light, scene, bool(self.night[row]), self.witnesses.get(row))

    @property
    def dark_answers(self) -> NDArray[np.int8]:
        """Shape (photos,), whether the scene was dark, by `answer_code`."""
        return np.where(self.can_tell_dark | self.night, self.dark, -1).astype(np.int8)

    def set_dark_line(self, line: float) -> None:
        """Moves the light value below which a scene is dark."""
        if line != self.dark_line:
            self.dark_line = line
            self._darken()

    def treat_as_night(self, rows: Iterable[int]) -> None:
        """The user said that these photos show a night."""
        self.night[list(rows)] = True
        self._darken()

    def _darken(self) -> None:
        # A comparison with not-a-number is false, so photos without a light value are not dark by it.
        self.dark = (self.values < self.dark_line) | self.dark_by_content | self.night


def _replace(book: LateBook[T], rows: Sequence[int], values: Sequence[T | None]) -> None:
    """Puts values under their rows; None takes one away."""
    for row, value in zip(rows, values, strict=True):
        if value is not None:
            book[row] = value
        elif row in book:
            del book[row]


def _column(values: Sequence[float | None]) -> NDArray[np.float64]:
    """Numbers as a column, not-a-number for None."""
    return np.array(values, dtype=np.float64)
