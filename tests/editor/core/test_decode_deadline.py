"""A process that hangs is ended; one that works, or waits for a busy machine, is not."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editor.core.decode_deadline import Deadline, busy_seconds, wants_processor

Start = Callable[[str], subprocess.Popen[bytes]]
LINUX = pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="the system does not tell")


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def start_one(code: str) -> subprocess.Popen[bytes]:
        ready = "import time; print('ready', flush=True)\n"
        process = subprocess.Popen([sys.executable, "-c", ready + code], stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline()
        return process

    yield start_one
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_a_process_that_hangs_is_ended(start: Start) -> None:
    process = start("import threading; threading.Event().wait()")
    deadline = Deadline(process, 0.2)
    with deadline:
        assert process.wait() != 0
    assert deadline.passed


@LINUX
def test_a_process_that_works_gets_its_time(start: Start) -> None:
    process = start("while time.process_time() < 0.5: pass")
    deadline = Deadline(process, 0.1)
    with deadline:
        assert process.wait() == 0
    assert not deadline.passed


def test_without_the_statistics_the_clock_alone_counts(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("editor.core.decode_deadline.busy_seconds", lambda _: None)
    monkeypatch.setattr("editor.core.decode_deadline.wants_processor", lambda _: False)
    process = start("while True: pass")
    deadline = Deadline(process, 0.1)
    with deadline:
        assert process.wait() != 0
    assert deadline.passed


def test_an_answer_in_time_ends_the_watch(start: Start) -> None:
    process = start("import threading; threading.Event().wait()")
    deadline = Deadline(process, 3600.0)
    with deadline:
        assert process.poll() is None
    assert not deadline.passed
    assert process.poll() is None


@LINUX
def test_a_process_that_has_ended_is_not_hung(start: Start) -> None:
    process = start("")
    process.wait()
    assert busy_seconds(process.pid) is None
    assert wants_processor(process.pid)
