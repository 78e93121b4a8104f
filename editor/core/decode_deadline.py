"""Ends a decoder that does not answer in time, but not one that only waits for its turn on a busy machine.

It must not know what the decoder does: how the system counts its time tells.
"""

import contextlib
import subprocess
import threading
from pathlib import Path

_NANOSECONDS = 1e-9
_BUSY_SHARE = 0.5
_AT_WORK = (["R"], ["Z"], ["X"])
"""Running or able to, a zombie, dead: proc(5)."""


class Deadline:
    """Kills a process when the time is up; reading from it then ends.

    The clock alone would give up healthy photos while other programs take the processor. So where the system
    says (Linux), a process that was at work or waited for a processor most of the time gets as much time
    again; how long it may be at work, its own limit of processor time says.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        """Starts nothing yet.

        Args:
            process: What is to be ended.
            seconds: How long it may neither answer nor work.
        """
        self._process, self._seconds = process, seconds
        self._answered = threading.Event()
        self._watch = threading.Thread(target=self._wait, name="deadline", daemon=True)
        self.passed = False

    def __enter__(self) -> "Deadline":
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._answered.set()
        self._watch.join()

    def _wait(self) -> None:
        before = busy_seconds(self._process.pid)
        while not self._answered.wait(self._seconds):
            now = busy_seconds(self._process.pid)
            was_busy = before is not None and now is not None and now - before >= self._seconds * _BUSY_SHARE
            if not was_busy and not wants_processor(self._process.pid):
                self.passed = True
                self._process.kill()
                return
            before = now


def busy_seconds(pid: int) -> float | None:
    """How long a process was at work or waited for a processor, by the Linux scheduler's statistics.

    Returns:
        Seconds of its main thread since it was started; None where the system does not tell.
    """
    with contextlib.suppress(OSError, ValueError):
        fields = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()
        return (int(fields[0]) + int(fields[1])) * _NANOSECONDS
    return None


def wants_processor(pid: int) -> bool:
    """Whether a process is at work or waits for a processor at this moment, or has ended by itself.

    The statistics count a wait only when it is over, so on a very busy machine they lag behind.

    Returns:
        False where the system does not tell.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return Path("/proc/self/stat").exists()
    return text.rpartition(")")[2].split()[:1] in _AT_WORK
