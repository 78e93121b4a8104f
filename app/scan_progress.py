"""Tells on standard error how far a scan is; knows nothing of photos or scores."""

import contextlib
import time
from collections.abc import Callable
from typing import TextIO

_SECONDS_BETWEEN = 0.1


class ScanProgress:
    """One line that is rewritten on a terminal; anywhere else one line at the end."""

    def __init__(self, stream: TextIO, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Starts the clock.

        Args:
            stream: Where to write.
            total: How many photos there are.
            clock: Gives the time in seconds.
        """
        self._stream = stream
        self._total = total
        self._clock = clock
        self._began = clock()
        self._told = float("-inf")
        self._live = stream.isatty()
        self._shown = 0
        self.done = 0

    def step(self) -> None:
        """Counts one photo."""
        self.done += 1
        now = self._clock()
        if self._live and now - self._told >= _SECONDS_BETWEEN:
            self._told = now
            self._rewrite(self._state(now))

    def finish(self, sentence: str = "") -> None:
        """Ends the line.

        Args:
            sentence: What stands there in the end; empty for the number of photos, time and rate.
        """
        self._rewrite(sentence or self._outcome(self._clock()))
        self._write("\n")

    def _state(self, now: float) -> str:
        rate = self._rate(now)
        left = f", {spell_seconds((self._total - self.done) / rate)} left" if rate else ""
        return f"{self.done} of {self._total} photos, {rate:.1f}/s{left}"

    def _outcome(self, now: float) -> str:
        seconds = now - self._began
        took = f"{seconds:.1f} s" if seconds < 9.95 else spell_seconds(seconds)
        return f"{self.done} of {self._total} photos in {took}, {self._rate(now):.1f}/s"

    def _rate(self, now: float) -> float:
        return self.done / max(now - self._began, 1e-3)

    def _rewrite(self, text: str) -> None:
        self._write(f"\r{text.ljust(self._shown)}" if self._live else text)
        self._shown = len(text)

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError):  # a closed terminal must not end the scan
            self._stream.write(text)
            self._stream.flush()


def spell_seconds(seconds: float) -> str:
    """A length of time as a person says it: ``12 s``, ``3 min 20 s``, ``1 h 5 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
