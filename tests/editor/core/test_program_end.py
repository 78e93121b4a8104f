"""A program that ends without closing its pools ends whole, and soon."""

import subprocess
import sys

UNCLOSED = """
import atexit, threading, time
from editor.core.jobs import JobPool

def workers():
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("bench")]

def work(key, cancellation):
    under_way.set()
    while True:
        {what}

under_way = threading.Event()
atexit.register(lambda: print("at the end", workers(), flush=True))
pool = JobPool(work, print, 2, "bench")
pool.submit(["one"])
under_way.wait()
print("before", workers(), flush=True)
"""


def said(what: str) -> list[str]:
    script = UNCLOSED.format(what=what)
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=180, check=True
    )
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def test_threads_that_nobody_ended_are_ended_before_the_interpreter() -> None:
    before, after = said("cancellation.raise_if_cancelled()")
    assert before == "before ['bench-0', 'bench-1']"
    assert after == "at the end []"


def test_a_thread_that_does_not_listen_does_not_hold_the_program() -> None:
    before, after = said("time.sleep(600)")
    assert before == "before ['bench-0', 'bench-1']"
    assert after in {"at the end ['bench-0']", "at the end ['bench-1']"}
