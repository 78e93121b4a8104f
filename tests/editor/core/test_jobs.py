"""JobPool: order, generations, pausing, cancelling and closing, without a single sleep."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.jobs import Answer, Cancellation, JobCancelled, JobPool

PATIENCE = 180.0  # seconds until a test gives up; never waited for when all is well


class Bench:
    """A pool whose jobs called "gate..." hold their worker until they are let go."""

    def __init__(self, workers: int = 1) -> None:
        self.answers: list[Answer[str, str]] = []
        self.seen: dict[str, Cancellation] = {}
        self.started: dict[str, threading.Event] = {}
        self.let_go: dict[str, threading.Event] = {}
        self.under_way: list[str] = []
        self.beside_itself: list[str] = []
        self.on_answer: Callable[[Answer[str, str]], None] = self.answers.append
        self.pool: JobPool[str, str] = JobPool(
            self.work, lambda answer: self.on_answer(answer), workers, "bench"
        )

    def work(self, key: str, cancellation: Cancellation) -> str:
        self.seen[key] = cancellation
        self.beside_itself += [key] * self.under_way.count(key)
        self.under_way.append(key)
        try:
            return self.result(key, cancellation)
        finally:
            self.under_way.remove(key)

    def result(self, key: str, cancellation: Cancellation) -> str:
        if key in self.started:
            self.started[key].set()
            assert self.let_go[key].wait(PATIENCE)
        if key.startswith("bad"):
            raise ValueError(key)
        if key.startswith("polite"):
            cancellation.raise_if_cancelled()
        return key.upper()

    def hold(self, key: str = "gate", **options: bool) -> str:
        """Submits a key whose work holds its worker, and returns once it does."""
        self.started[key] = threading.Event()
        self.let_go[key] = threading.Event()
        self.pool.submit([key], **options)
        assert self.started[key].wait(PATIENCE)
        return key

    def settle(self) -> list[str]:
        """Lets all held work go; the keys answered so far, once the pool is idle."""
        for event in self.let_go.values():
            event.set()
        assert self.pool.wait_until_idle(PATIENCE)
        return [answer.key for answer in self.answers]

    def close(self) -> None:
        for event in self.let_go.values():
            event.set()
        self.pool.close()


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


@pytest.fixture
def pair() -> Iterator[Bench]:
    made = Bench(workers=2)
    yield made
    made.close()


def test_an_answer_carries_key_result_and_generation(bench: Bench) -> None:
    generation = bench.pool.begin()
    bench.pool.submit(["a"])
    bench.settle()
    assert bench.answers == [Answer(generation, "a", "A", None)]


def test_an_error_of_the_work_is_the_answer_and_the_worker_lives_on(bench: Bench) -> None:
    bench.pool.submit(["bad", "good"])
    assert bench.settle() == ["bad", "good"]
    assert isinstance(bench.answers[0].error, ValueError)
    assert bench.answers[0].result is None
    assert bench.answers[1].error is None


def test_work_that_gives_up_without_being_asked_is_an_error(bench: Bench) -> None:
    def give_up(_key: str, _cancellation: Cancellation) -> str:
        raise JobCancelled

    with JobPool(give_up, bench.answers.append, 1, "quitter") as pool:
        pool.submit(["a"])
        assert pool.wait_until_idle(PATIENCE)
    assert isinstance(bench.answers[0].error, JobCancelled)


def test_an_error_of_deliver_is_logged_and_the_worker_lives_on(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse_first(answer: Answer[str, str]) -> None:
        if answer.key == "a":
            raise RuntimeError("no room")
        bench.answers.append(answer)

    bench.on_answer = refuse_first
    with caplog.at_level(logging.ERROR):
        bench.pool.submit(["a", "b"])
        assert bench.settle() == ["b"]
    assert "bench-0" in caplog.text
    assert "no room" in caplog.text


def test_lower_priorities_come_sooner_and_equals_in_their_order(bench: Bench) -> None:
    bench.hold()
    bench.pool.submit(["c", "d"], priority=5)
    bench.pool.submit(["a", "b"], priority=-1)
    bench.pool.submit(["e"], priority=5)
    assert bench.settle() == ["gate", "a", "b", "c", "d", "e"]


def test_a_queued_key_only_moves(bench: Bench) -> None:
    bench.hold()
    bench.pool.submit(["a", "b", "c", "d"], priority=9)
    bench.pool.submit(["d", "c"], priority=1)
    bench.pool.submit(["d"], priority=1)
    bench.pool.submit(["a"], priority=10)
    assert bench.pool.pending == 5
    assert bench.settle() == ["gate", "d", "c", "b", "a"]


def test_a_running_or_finished_key_is_not_run_twice_in_a_generation(bench: Bench) -> None:
    bench.hold()
    bench.pool.submit(["gate", "a"])
    bench.settle()
    bench.pool.submit(["gate", "a"])
    assert bench.settle() == ["gate", "a"]


def test_the_next_generation_runs_a_finished_key(bench: Bench) -> None:
    bench.pool.submit(["a"])
    bench.settle()
    bench.pool.begin()
    bench.pool.submit(["a"])
    assert bench.settle() == ["a", "a"]
    assert [answer.generation for answer in bench.answers] == [0, 1]


def test_again_runs_a_finished_key_once_more(bench: Bench) -> None:
    bench.pool.submit(["a"])
    bench.settle()
    bench.pool.submit(["a"], again=True)
    assert bench.settle() == ["a", "a"]


def test_again_runs_a_running_key_after_itself_never_beside(pair: Bench) -> None:
    pair.hold()
    pair.pool.submit(["gate", "gate"], again=True)
    pair.pool.submit(["other"])
    assert Counter(pair.settle()) == Counter(["gate", "gate", "other"])
    assert pair.beside_itself == []


def test_beginning_drops_what_waits_and_the_late_answer(bench: Bench) -> None:
    bench.hold()
    bench.pool.submit(["a", "b"])
    assert bench.pool.begin() == 1
    assert bench.pool.pending == 0
    assert bench.seen["gate"].cancelled
    bench.pool.submit(["c"])
    assert bench.settle() == ["c"]
    assert not bench.seen["c"].cancelled


def test_cancel_returns_while_the_work_still_runs_and_its_answer_is_dropped(bench: Bench) -> None:
    bench.hold("polite")
    bench.pool.submit(["a"])
    bench.pool.cancel()
    assert bench.seen["polite"].cancelled
    assert not bench.let_go["polite"].is_set()
    assert bench.settle() == []
    bench.pool.submit(["polite", "a"])
    assert bench.settle() == ["polite", "a"]
    assert {answer.generation for answer in bench.answers} == {0}


def test_cancel_keeps_what_is_finished_finished(bench: Bench) -> None:
    bench.pool.submit(["a"])
    bench.settle()
    bench.pool.cancel()
    bench.pool.submit(["a", "b"])
    assert bench.settle() == ["a", "b"]


def test_pause_finishes_what_runs_and_starts_nothing(bench: Bench) -> None:
    bench.hold()
    delivered = threading.Event()

    def keep(answer: Answer[str, str]) -> None:
        bench.answers.append(answer)
        delivered.set()

    bench.on_answer = keep
    bench.pool.pause()
    bench.pool.submit(["a"])
    bench.let_go["gate"].set()
    assert delivered.wait(PATIENCE)
    assert not bench.pool.wait_until_idle(timeout=0)
    assert "a" not in bench.seen
    bench.pool.resume()
    assert bench.settle() == ["gate", "a"]


def test_begin_waits_for_the_answer_that_is_being_delivered(bench: Bench) -> None:
    delivering, go_on, begun = threading.Event(), threading.Event(), threading.Event()

    def deliver_slowly(answer: Answer[str, str]) -> None:
        delivering.set()
        assert go_on.wait(PATIENCE)
        bench.answers.append(answer)

    bench.on_answer = deliver_slowly
    bench.pool.submit(["a"])
    assert delivering.wait(PATIENCE)

    def begin() -> None:
        bench.pool.begin()
        begun.set()

    thread = threading.Thread(target=begin)
    thread.start()
    assert bench.pool.wait_until_idle(PATIENCE)  # begin has dropped all, so it is waiting now
    assert not begun.is_set()
    assert bench.answers == []
    go_on.set()
    thread.join(PATIENCE)
    assert begun.is_set()
    assert [answer.key for answer in bench.answers] == ["a"]


def test_deliver_may_begin_cancel_and_submit(bench: Bench) -> None:
    def follow(answer: Answer[str, str]) -> None:
        bench.answers.append(answer)
        if answer.key == "a":
            bench.pool.begin()
            bench.pool.submit(["b"])
        elif answer.key == "b":
            bench.pool.submit(["b"], again=len(bench.answers) == 2)
        if len(bench.answers) == 3:
            done.set()

    done = threading.Event()
    bench.on_answer = follow
    bench.pool.submit(["a", "dropped"])
    assert done.wait(PATIENCE)
    assert bench.settle() == ["a", "b", "b"]
    assert [answer.generation for answer in bench.answers] == [0, 1, 1]


def test_pending_counts_an_answer_until_it_is_delivered(bench: Bench) -> None:
    counts: list[int] = []
    bench.on_answer = lambda _answer: counts.append(bench.pool.pending)
    bench.pool.pause()
    bench.pool.submit(["a", "b"])
    assert bench.pool.pending == 2
    bench.pool.resume()
    bench.settle()
    assert counts == [2, 1]


def test_two_workers_work_at_once() -> None:
    meeting = threading.Barrier(2, timeout=PATIENCE)
    answers: list[Answer[int, int]] = []
    with JobPool(lambda key, _c: meeting.wait() * 0 + key, answers.append, 2, "meeting") as pool:
        pool.submit([1, 2])
        assert pool.wait_until_idle(PATIENCE)
    assert {answer.result for answer in answers} == {1, 2}


def test_close_joins_the_threads_drops_the_rest_and_may_be_repeated(bench: Bench) -> None:
    bench.hold()
    bench.pool.submit(["a"])
    closing = threading.Thread(target=bench.pool.close)
    closing.start()
    assert bench.pool.wait_until_idle(PATIENCE)
    assert closing.is_alive()
    bench.let_go["gate"].set()
    closing.join(PATIENCE)
    assert not closing.is_alive()
    bench.pool.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("bench")]
    assert bench.answers == []


def test_a_paused_pool_closes(bench: Bench) -> None:
    bench.pool.pause()
    bench.pool.submit(["a"])
    bench.pool.close()
    assert bench.answers == []


def test_deliver_may_close_the_pool(bench: Bench) -> None:
    closed = threading.Event()

    def close(_answer: Answer[str, str]) -> None:
        bench.pool.close()
        closed.set()

    bench.on_answer = close
    bench.pool.submit(["a", "b"])
    assert closed.wait(PATIENCE)
    bench.pool.close()
    assert "b" not in bench.seen


def test_keys_that_come_after_the_end_are_let_lie(bench: Bench) -> None:
    bench.pool.close()
    bench.pool.submit(["a"])
    assert bench.pool.pending == 0
    assert bench.pool.begin() == 1


def test_a_pool_without_workers_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one worker"):
        JobPool(lambda key, _c: key, lambda _answer: None, 0, "none")


def test_keys_may_come_from_a_generator_that_asks_the_pool(bench: Bench) -> None:
    bench.pool.submit(str(bench.pool.pending) for _ in range(1))
    assert bench.settle() == ["0"]


_KEYS = st.lists(st.integers(0, 7), max_size=6)
_STEPS = st.one_of(
    st.tuples(st.just("submit"), _KEYS, st.integers(-2, 2), st.booleans()),
    st.tuples(st.sampled_from(["begin", "cancel", "pause", "resume"])),
)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(_STEPS, max_size=25), workers=st.integers(1, 4))
def test_whatever_is_asked_no_late_answer_comes_and_nothing_is_lost(
    steps: list[tuple[object, ...]], workers: int
) -> None:
    lock = threading.Lock()
    begun = 0
    beside: Counter[tuple[int, int]] = Counter()
    answers: list[Answer[int, int]] = []
    faults: list[str] = []

    def deliver(answer: Answer[int, int]) -> None:
        with lock:
            if answer.generation < begun:
                faults.append(f"late: {answer}")
            answers.append(answer)

    wanted: set[int] = set()
    repeats: Counter[int] = Counter()
    with JobPool(lambda key, _c: key * key, deliver, workers, "law") as pool:
        for step in steps:
            if step[0] == "submit":
                _, keys, priority, again = step
                assert isinstance(keys, list)
                assert isinstance(priority, int)
                pool.submit(keys, priority, again=bool(again))
                wanted.update(keys)
                repeats.update(keys if again else [])
            elif step[0] == "begin":
                generation = pool.begin()
                with lock:
                    begun = generation
                wanted.clear()
                repeats.clear()
            elif step[0] == "cancel":
                pool.cancel()
                with lock:
                    wanted &= {a.key for a in answers if a.generation == begun}
            else:
                getattr(pool, str(step[0]))()
        pool.resume()
        assert pool.wait_until_idle(PATIENCE)
    assert faults == []
    last = [answer for answer in answers if answer.generation == begun]
    assert {answer.key for answer in last} == wanted
    beside.update((answer.generation, answer.key) for answer in last)
    assert all(times <= 1 + repeats[key] for (_, key), times in beside.items())
    assert all(answer.result == answer.key**2 for answer in answers)


def test_many_threads_at_once_deliver_each_key_once() -> None:
    start = threading.Barrier(5, timeout=PATIENCE)
    answers: list[Answer[int, int]] = []
    with JobPool(lambda key, _c: key, answers.append, 4, "crowd") as pool:

        def ask(offset: int) -> None:
            start.wait()
            for key in range(200):
                pool.submit([(key * 7 + offset) % 200], priority=(key + offset) % 3)

        crowd = [threading.Thread(target=ask, args=(offset,)) for offset in range(5)]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join(PATIENCE)
        assert pool.wait_until_idle(PATIENCE)
    assert Counter(answer.key for answer in answers) == Counter(range(200))
