"""The one pattern of all background work: keyed jobs by priority, in generations, on a few threads.

It must not know what the work is, and never knows Qt: ``deliver`` brings answers where they belong.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Generic, Self

from editor.core.cancellation import Cancellation, JobCancelled
from editor.core.job_answer import Answer, K, R
from editor.core.job_queue import JobQueue
from editor.core.program_end import close_at_the_end

__all__ = ["Answer", "Cancellation", "JobCancelled", "JobPool"]

_logger = logging.getLogger(__name__)


class JobPool(Generic[K, R]):
    """Runs one function on many keys, on its own threads.

    A generation is what somebody is looking at now, such as an opened folder. Beginning the next one
    drops what waits and what is under way: once ``begin``, ``cancel`` or ``close`` has returned, no
    answer from before it is delivered. Those three therefore wait for an answer that is being
    delivered at that very moment, unless they are called by ``deliver`` itself; so ``deliver`` is to
    be brief and must never wait for the thread that calls them. They never wait for ``work``, but for
    ``close``, which joins the threads.

    All methods may be called from any thread. Threads start with the pool, and are daemons only so
    that a program which dies without closing it can end.
    """

    def __init__(
        self,
        work: Callable[[K, Cancellation], R],
        deliver: Callable[[Answer[K, R]], None],
        workers: int,
        name: str,
    ) -> None:
        """Starts the threads; they wait for the first key.

        Args:
            work: Called on a worker with a key. What it raises becomes the answer's error. If it takes
                long it looks at the cancellation now and then.
            deliver: Called on the worker with each answer of the current generation. What it raises is
                logged.
            workers: How many threads, at least 1.
            name: What the threads are called.

        Raises:
            ValueError: if there are to be no workers.
        """
        if workers < 1:
            raise ValueError(f"a pool needs at least one worker, not {workers}")
        self._work = work
        self._deliver = deliver
        self._changed = threading.Condition()
        self._generation = 0
        self._batch = Cancellation()
        self._queue: JobQueue[K] = JobQueue()
        self._running: dict[K, int | None] = {}
        self._finished: set[K] = set()
        self._delivering: dict[int, Cancellation] = {}
        self._paused = False
        self._closed = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"{name}-{number}", daemon=True)
            for number in range(workers)
        ]
        close_at_the_end(self)
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pending(self) -> int:
        """Keys that are queued or under way; 0 once the last answer has been delivered."""
        with self._changed:
            return self._pending()

    def begin(self) -> int:
        """Begins a generation: what waits and what is under way of the last one is dropped.

        Returns:
            The number of the new generation, one more than that of the last.
        """
        with self._changed:
            self._generation += 1
            generation = self._generation
            self._finished.clear()
            self._drop_all()
            self._await_late_deliveries()
        return generation

    def submit(self, keys: Iterable[K], priority: int = 0, *, again: bool = False) -> None:
        """Queues keys in the current generation, in their order; does nothing once the pool is closed.

        A queued key only moves to the new priority. A key that is under way or finished in this
        generation is left alone.

        Args:
            keys: What to work on.
            priority: Lower is sooner.
            again: Whether a finished key is worked on once more; one that is under way then follows
                when it has been delivered, never beside itself.
        """
        wanted = list(keys)
        with self._changed:
            if self._closed:
                _logger.debug("%d keys came after the pool was closed", len(wanted))
                return
            for key in wanted:
                self._submit_one(key, priority, again)
            self._changed.notify_all()

    def pause(self) -> None:
        """Starts no more jobs until ``resume``; those under way are finished and delivered."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Goes on after ``pause``."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def cancel(self) -> None:
        """Drops what waits and what is under way; dropped keys may be submitted again."""
        with self._changed:
            self._drop_all()
            self._await_late_deliveries()

    def wait_until_idle(self, timeout: float | None = None) -> bool:
        """Waits until nothing is pending; never to be called by ``work`` or ``deliver``.

        Args:
            timeout: Seconds; None waits as long as it takes.

        Returns:
            Whether nothing is pending; False if the time was up first.
        """
        with self._changed:
            return self._changed.wait_for(lambda: self._pending() == 0, timeout)

    def close(self, timeout: float | None = None) -> None:
        """Drops everything and ends the threads; closing twice does no harm.

        Called by ``work`` or ``deliver`` it does not wait for the threads, since it is on one of them.

        Args:
            timeout: Seconds after which it waits for them no longer; None waits as long as it takes.
        """
        until = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            self._closed = True
            self._drop_all()
        if threading.current_thread() not in self._threads:
            for thread in self._threads:
                thread.join(None if until is None else max(0.0, until - time.monotonic()))

    def _pending(self) -> int:
        return len(self._queue) + len(self._running)

    def _submit_one(self, key: K, priority: int, again: bool) -> None:
        if key in self._running:
            if again:
                self._running[key] = priority
            return
        if key in self._finished:
            if not again:
                return
            self._finished.remove(key)
        self._queue.put(key, priority)

    def _drop_all(self) -> None:
        self._batch.cancel()
        self._batch = Cancellation()
        self._queue.clear()
        self._running = {}
        self._changed.notify_all()

    def _await_late_deliveries(self) -> None:
        if threading.get_ident() in self._delivering:
            return
        self._changed.wait_for(lambda: all(batch is self._batch for batch in self._delivering.values()))

    def _serve(self) -> None:
        while self._serve_one():
            pass

    def _serve_one(self) -> bool:
        """Takes, does and delivers one job; False when the pool is closed. Keeps no result alive."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (not self._paused and len(self._queue) > 0))
            if self._closed:
                return False
            key = self._queue.take()
            self._running[key] = None
            batch, generation = self._batch, self._generation
        answer = self._answer(generation, key, batch)
        if self._enter_delivery(batch):
            try:
                self._deliver(answer)
            except Exception:
                _logger.exception("An answer of %s was not taken", threading.current_thread().name)
            finally:
                self._leave_delivery(batch, key)
        return True

    def _answer(self, generation: int, key: K, batch: Cancellation) -> Answer[K, R]:
        try:
            return Answer(generation, key, self._work(key, batch), None)
        except Exception as error:  # noqa: BLE001 (the worker's boundary: the error is the answer)
            return Answer(generation, key, None, error)

    def _enter_delivery(self, batch: Cancellation) -> bool:
        with self._changed:
            if batch is not self._batch:
                return False
            self._delivering[threading.get_ident()] = batch
            return True

    def _leave_delivery(self, batch: Cancellation, key: K) -> None:
        with self._changed:
            del self._delivering[threading.get_ident()]
            if batch is self._batch:
                again = self._running.pop(key)
                if again is None:
                    self._finished.add(key)
                else:
                    self._queue.put(key, again)
            self._changed.notify_all()
