"""Filter and order: by facet, inverted, by stars, and every order; a law for all filters."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.neighbours import Neighbours
from app.photo_filter import EVERYTHING, Facet, PhotoFilter, SortKey, filter_mask, shown_rows
from app.shoot import Shoot, over_lines
from editor.core.clock_offsets import ClockOffsets
from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.metadata import PhotoMetadata
from quality.core.thresholds import Mode, Modes, Thresholds

MODES = Modes(Mode.REJECT, Mode.HINT, Mode.REJECT)
LINES = Thresholds(0.5, 0.5, 0.5)
facets = st.frozensets(st.sampled_from(Facet))


def shoot_of(*marks: Marks, scores: tuple[tuple[float, float, float], ...] = ()) -> Shoot:
    made = Shoot(Path("/s"), [Path(f"/s/{n}.jpg") for n in range(len(marks))])
    for row, mark in enumerate(marks):
        made.marks.note(row, RecordedMarks(mark, Provenance.now(Decider.USER, badge_seen=False)))
    for row, score in enumerate(scores):
        made.probabilities[row] = score
    return made


def shown(
    shoot: Shoot, chosen: PhotoFilter, sort: SortKey = SortKey.NAME, *, reverse: bool = False
) -> list[int]:
    over = over_lines(shoot.probabilities, LINES, MODES)
    return [int(row) for row in shown_rows(shoot, over, chosen, sort, reverse=reverse)]


SHOOT = shoot_of(
    Marks(Flag.PICK, 5, "Red"),
    Marks(Flag.REJECT, 0, None),
    Marks(Flag.UNFLAGGED, 3, "Client"),
    Marks(Flag.UNFLAGGED, 1, None),
    scores=((0.9, 0.1, 0.1), (0.1, 0.9, 0.1), (0.1, 0.1, 0.6)),
)
SHOOT.faults[3] = "It ends early."


def wanted(*facet: Facet) -> PhotoFilter:
    return PhotoFilter(wanted=frozenset(facet))


def test_every_facet() -> None:
    expected = {
        Facet.PICK: [0],
        Facet.REJECT: [1],
        Facet.UNDECIDED: [2, 3],
        Facet.RED: [0],
        Facet.YELLOW: [],
        Facet.OTHER_LABEL: [2],
        Facet.NO_LABEL: [1, 3],
        Facet.BLUR: [0],
        Facet.UNDER: [],
        Facet.OVER: [2],
        Facet.HINT: [1],
        Facet.ERROR: [3],
    }
    assert {facet: shown(SHOOT, wanted(facet)) for facet in expected} == expected


def test_groups_narrow_and_facets_of_one_group_widen() -> None:
    assert shown(SHOOT, wanted(Facet.PICK, Facet.REJECT)) == [0, 1]
    assert shown(SHOOT, wanted(Facet.PICK, Facet.REJECT, Facet.HINT)) == [1]
    assert shown(SHOOT, PhotoFilter(excluded=frozenset({Facet.UNDECIDED, Facet.BLUR}))) == [1]


def test_stars() -> None:
    assert shown(SHOOT, PhotoFilter(stars=3)) == [0, 2]
    assert shown(SHOOT, PhotoFilter(stars=1, fewer=True)) == [1]


def test_every_order() -> None:
    moments = {0: 30, 1: 10, 2: 20}
    for row, second in moments.items():
        zone = UTC if row == 1 else None
        taken_at = datetime(2026, 11, 21, 12, 0, second, tzinfo=zone)
        SHOOT.scenes.metadata[row] = PhotoMetadata(taken_at=taken_at)
    assert shown(SHOOT, EVERYTHING, SortKey.TIME) == [1, 2, 0, 3]
    assert shown(SHOOT, EVERYTHING, SortKey.RATING) == [0, 2, 3, 1]
    assert shown(SHOOT, EVERYTHING, SortKey.SCORE) == [0, 1, 2, 3]
    assert shown(SHOOT, EVERYTHING, reverse=True) == [3, 2, 1, 0]


@given(facets, facets, st.integers(0, 5), st.booleans())
def test_excluding_is_the_opposite_of_wanting(
    on: frozenset[Facet], off: frozenset[Facet], stars: int, fewer: bool
) -> None:
    over = over_lines(SHOOT.probabilities, LINES, MODES)
    mask = filter_mask(SHOOT, over, PhotoFilter(on, off, stars, fewer))
    for facet in off:
        assert not (mask & filter_mask(SHOOT, over, wanted(facet))).any()
    assert np.array_equal(filter_mask(SHOOT, over, EVERYTHING), np.ones(4, np.bool_))
    assert not (mask & ~filter_mask(SHOOT, over, PhotoFilter(wanted=on))).any()


def test_an_empty_shoot_has_nothing_to_sort() -> None:
    assert all(shown(shoot_of(), EVERYTHING, sort) == [] for sort in SortKey)


def test_neighbours_follow_the_direction_of_travel() -> None:
    neighbours = Neighbours()
    assert neighbours.after(0, 10) == [1, 2, 3]
    assert neighbours.after(5, 10) == [6, 4, 7, 8, 3]
    assert neighbours.after(4, 10) == [3, 5, 2, 1, 6]
    assert neighbours.after(4, 10) == [3, 5, 2, 1, 6]
    assert neighbours.after(9, 10) == [8, 7]


def test_near_the_line_and_edited() -> None:
    lines = Thresholds(0.6, 0.6, 0.6)
    made = shoot_of(
        *(Marks() for _ in range(4)),
        scores=((0.69, 0.0, 0.0), (0.51, 0.0, 0.0), (0.71, 0.0, 0.6), (0.0, 0.0, 0.0)),
    )
    off = Modes(Mode.REJECT, Mode.HINT, Mode.OFF)
    over = over_lines(made.probabilities, lines, off)
    near = [int(row) for row in shown_rows(made, over, wanted(Facet.NEAR), SortKey.NAME)]
    assert near == [0, 1]
    assert [int(row) for row in shown_rows(made, over, wanted(Facet.EDITED), SortKey.NAME)] == []
    made.recipes.edited[2] = True
    assert [int(row) for row in shown_rows(made, over, wanted(Facet.EDITED), SortKey.NAME)] == [2]
    assert wanted(Facet.NEAR).follows_advice
    assert not wanted(Facet.NEAR).follows_marks
    assert wanted(Facet.EDITED).follows_edits
    assert not wanted(Facet.EDITED).follows_marks


def test_cameras_sort_together_by_their_corrected_clocks() -> None:
    made = shoot_of(*(Marks() for _ in range(4)))
    times = [("A", 10), ("B", 9), ("A", 11), ("B", 10)]
    for row, (camera, hour) in enumerate(times):
        made.scenes.metadata[row] = PhotoMetadata(taken_at=datetime(2026, 5, 2, hour, row), camera=camera)
    over = over_lines(made.probabilities, LINES, MODES)

    def order(clocks: ClockOffsets) -> list[int]:
        rows = shown_rows(made, over, EVERYTHING, SortKey.TIME, clocks=clocks)
        return [int(row) for row in rows]

    assert order(ClockOffsets()) == [1, 0, 3, 2]
    assert order(ClockOffsets({"B": 3600})) == [0, 1, 2, 3]
