"""The pace: coarser where a picture takes too long, finer again where there is time, not to and fro."""

from editor.panel.pace import FIXED_S, SHARES, TARGET_S, Pace

MOVED = frozenset({"exposure"})
OTHER = frozenset({"sharpen"})


def pictures(pace: Pace, full_s: float, count: int = 8) -> list[float]:
    """The shares of some pictures of which one at full size takes so long."""
    found = []
    for _ in range(count):
        share = pace.share(MOVED)
        found.append(share)
        pace.note(MOVED, share, FIXED_S + (full_s - FIXED_S) * share * share)
    return found


def test_what_is_in_time_stays_fine() -> None:
    assert set(pictures(Pace(), 0.9 * TARGET_S)) == {1.0}


def test_the_coarsest_that_is_needed_is_taken_and_no_coarser() -> None:
    assert pictures(Pace(), 1.4 * TARGET_S)[-1] == SHARES[2]
    assert pictures(Pace(), 50 * TARGET_S)[-1] == SHARES[-1]


def test_the_first_picture_of_a_kind_does_not_count() -> None:
    pace = Pace()
    pace.note(MOVED, pace.share(MOVED), 9.0)
    assert pace.share(MOVED) == 1.0
    pace.note(OTHER, pace.share(OTHER), 9.0)
    assert pace.share(OTHER) == 1.0


def test_it_gets_finer_only_with_time_to_spare() -> None:
    pace = Pace()
    pictures(pace, 1.5 * TARGET_S)
    assert pictures(pace, 1.0 * TARGET_S)[-1] == SHARES[2]
    assert pictures(pace, 0.5 * TARGET_S)[-1] == 1.0
    assert pace.share(OTHER) == 1.0


def test_one_late_picture_of_a_few_counts_until_it_is_long_ago() -> None:
    pace = Pace()
    pictures(pace, 0.5 * TARGET_S)
    pace.note(MOVED, 1.0, 1.4 * TARGET_S)
    assert pace.share(MOVED) == SHARES[2]
    assert pictures(pace, 0.5 * TARGET_S)[-1] == 1.0


def test_another_slider_begins_where_the_hand_was_before() -> None:
    pace = Pace()
    pictures(pace, 3 * TARGET_S)
    coarse = pace.share(MOVED)
    assert coarse < 1.0
    assert pace.share(OTHER) == coarse
    for _ in range(3):
        pace.note(OTHER, pace.share(OTHER), 0.1 * TARGET_S * coarse**2)
    assert pace.share(OTHER) == 1.0
    assert pace.share(MOVED) == coarse
