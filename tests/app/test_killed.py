"""Killed with SIGKILL a hundred times at random moments, the program has lost no mark that it confirmed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from app.shoot_keeper import ShootKeeper

KILLS = 100
PHOTOS = 5
MOST_CONFIRMED = 4
LONGEST_S = 0.004

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no fork")


def stored(folder: Path, user_folder: Path) -> dict[str, int]:
    """The labels in the store as the program reads them when it is started again."""
    keeper = ShootKeeper(folder, sorted(folder.glob("*.jpg")), user_folder)
    found = {path.name: int(recorded.marks.label or 0) for path, recorded in keeper.load().items()}
    keeper.close()
    return found


def test_no_confirmed_mark_is_lost(tmp_path: Path) -> None:
    folder, user_folder = tmp_path / "shoot", tmp_path / "user"
    folder.mkdir()
    for number in range(PHOTOS):
        (folder / f"IMG_{number}.jpg").write_bytes(bytes([number]) * (1000 + number))
    draws, label = np.random.default_rng(11), 1
    confirmed: dict[str, int] = {}
    command = [sys.executable, str(Path(__file__).with_name("marking_process.py"))]
    with subprocess.Popen(
        [*command, str(folder), str(user_folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "OPENBLAS_NUM_THREADS": "1"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(KILLS):
            process.stdin.write(f"{label}\n")
            waits, culler = int(draws.integers(0, MOST_CONFIRMED + 1)), 0
            said: list[int] = []
            while not culler or len(said) < waits:
                word, _, rest = process.stdout.readline().strip().partition(" ")
                culler, said = (int(rest), said) if word == "culler" else (culler, [*said, int(word)])
            moment = time.perf_counter() + draws.uniform(0, LONGEST_S)
            while time.perf_counter() < moment:
                pass
            os.kill(culler, signal.SIGKILL)
            while (line := process.stdout.readline().strip()) != "ended":
                said.append(int(line))
            confirmed |= {f"IMG_{one % PHOTOS}.jpg": one for one in said}
            newest = max(said, default=label - 1)
            found = stored(folder, user_folder)
            # One mark more may have reached the disk than was confirmed, none less.
            assert all(found[name] in (one, newest + 1) for name, one in confirmed.items())
            assert max(found.values(), default=0) <= newest + 1
            confirmed |= found
            label = newest + 2
        process.stdin.close()
    assert len(confirmed) == PHOTOS
