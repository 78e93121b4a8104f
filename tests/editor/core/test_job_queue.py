"""JobQueue against the plainest model of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.job_queue import JobQueue


@given(st.lists(st.one_of(st.tuples(st.integers(0, 9), st.integers(-3, 3)), st.none()), max_size=60))
def test_it_acts_like_a_sorted_list(steps: list[tuple[int, int] | None]) -> None:
    queue: JobQueue[int] = JobQueue()
    model: list[tuple[int, int, int]] = []
    for arrival, step in enumerate(steps):
        if step is None:
            if model:
                assert queue.take() == model.pop(0)[2]
            continue
        key, priority = step
        queue.put(key, priority)
        known = next((entry for entry in model if entry[2] == key), None)
        if known is None or known[0] != priority:
            model = sorted([*(entry for entry in model if entry[2] != key), (priority, arrival, key)])
        assert len(queue) == len(model)
        assert key in queue
    assert [queue.take() for _ in model] == [entry[2] for entry in model]
    with pytest.raises(IndexError):
        queue.take()


def test_moving_for_ever_does_not_grow_it() -> None:
    queue: JobQueue[str] = JobQueue()
    for step in range(10_000):
        queue.put("a", step % 2)
        queue.put("b", step % 3)
    assert len(queue._heap) < 200
    assert [queue.take(), queue.take()] == ["b", "a"]


def test_clearing_forgets_everything() -> None:
    queue: JobQueue[str] = JobQueue()
    queue.put("a", 0)
    queue.clear()
    assert len(queue) == 0
    assert "a" not in queue
