"""Counts and neighbours at a line equal what brute force finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quality.core.score_column import ScoreColumn

hundredth = st.integers(0, 100).map(lambda n: n / 100)
scores = st.lists(st.one_of(hundredth, st.floats(0, 1), st.just(float("nan"))), max_size=40)


@given(scores, st.one_of(hundredth, st.floats(0, 1)))
def test_counts_are_those_of_brute_force(values: list[float], line: float) -> None:
    column = ScoreColumn(np.array(values, np.float64))
    judged = [value for value in values if not np.isnan(value)]
    assert len(column) == len(judged)
    assert column.over(line) == sum(value >= line for value in judged)
    assert column.highest == (max(judged) if judged else None)


@given(scores, st.integers(1, 60))
def test_every_score_is_in_one_bar(values: list[float], count: int) -> None:
    column = ScoreColumn(np.array(values, np.float64))
    bars = column.bars(count)
    assert bars.shape == (count,)
    assert bars.sum() == len(column)


@given(scores, hundredth, st.integers(1, 10))
def test_the_nearest_are_nearest(values: list[float], line: float, count: int) -> None:
    column = ScoreColumn(np.array(values, np.float64))
    found = column.nearest(line, count)
    rows = [row for row, _score in found]
    assert len(set(rows)) == len(rows) == min(count, len(column))
    assert all(values[row] == score for row, score in found)
    assert [score for _row, score in found] == sorted((score for _row, score in found), reverse=True)
    distance = sorted(abs(value - line) for value in values if not np.isnan(value))
    assert sorted(abs(score - line) for _row, score in found) == distance[: len(found)]
