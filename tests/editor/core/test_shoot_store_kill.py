"""Kills a process that saves marks a hundred times at random moments: every confirmed mark is there."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.core.shoot_location import StoreLocation
from editor.core.shoot_store import ShootStore

KILLS = 100
WRITER = Path(__file__).with_name("mark_writer.py")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are split off by fork")


@pytest.fixture
def writer() -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": str(WRITER.parents[3]), "PYTHONWARNINGS": "error"}
    with subprocess.Popen(
        [sys.executable, str(WRITER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        yield process
        process.kill()


def test_every_confirmed_mark_is_there_after_a_kill(writer: subprocess.Popen[str], tmp_path: Path) -> None:
    assert writer.stdin is not None
    assert writer.stdout is not None
    draw = random.Random(11)  # noqa: S311 (no secret)
    confirmed: dict[int, str] = {}
    calls = 0
    for round_number in range(KILLS):
        path = tmp_path / f"shoot-{round_number // 20}" / "shoot.sqlite"
        if round_number % 20 == 0:
            confirmed.clear()
        writer.stdin.write(f"{path} {round_number}\n")
        writer.stdin.flush()
        number = int(writer.stdout.readline().removeprefix("writing "))
        wait_for = draw.choice((0, 0, 1, 2, 5, 10))
        for _ in range(wait_for):
            calls += note(writer.stdout.readline(), confirmed)
        until = time.perf_counter() + draw.uniform(0, 0.01)
        while time.perf_counter() < until:
            pass
        os.kill(number, signal.SIGKILL)
        while (line := writer.stdout.readline()) != "dead\n":
            calls += note(line, confirmed)
        check(path, round_number, confirmed)
    assert calls > KILLS


def note(line: str, confirmed: dict[int, str]) -> int:
    """Keeps what a line confirms."""
    assert line.startswith("saved ")
    for part in line.removeprefix("saved ").strip().split(","):
        row, mark = part.split(":", 1)
        confirmed[int(row)] = mark
    return 1


def check(path: Path, round_number: int, confirmed: dict[int, str]) -> None:
    """Every confirmed mark is there, but for those of one later call that was saved and not yet said."""
    store = ShootStore(StoreLocation(path, in_shoot=True, wal=round_number % 2 == 0))
    try:
        assert store.set_aside is None
        stored = {
            row: f"{recorded.marks.flag}:{recorded.marks.rating}:{recorded.marks.label}"
            for row, recorded in store.load_marks().items()
        }
    finally:
        store.close()
    later = {mark.rsplit(":", 1)[1] for row, mark in stored.items() if confirmed.get(row) != mark}
    assert confirmed.keys() <= stored.keys()
    assert len(later) <= 1, "more than the one call under way differs"
    for label in later:
        seed, count = label.split("-")
        assert int(seed) == round_number
        newest = max(
            (int(mark.rsplit("-", 1)[1]) for mark in confirmed.values() if f":{seed}-" in mark), default=0
        )
        assert int(count) == newest + 1
    confirmed.update(stored)
