"""Runs `scan` over thousands of generated faults and checks what it says of each.

Run as a script: ``python tests/fuzz/scan_faults.py [--files 2000] [--seed N] [--folder FOLDER]``. The scan
must end by itself with status 0, name every file, give each a verdict or a sentence, judge the healthy ones
under odd names, and spend no more than five seconds of its own processor time on one; the decoder processes
of other formats have a limit of their own. With ``--folder`` an existing folder is scanned instead. The tiny
test network stands in unless FRAMESIFT_MODEL names another. Ends with status 1 and says what was wrong.
"""

# ruff: noqa: T201

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from tests.fuzz.fault_files import load, make_faults  # noqa: E402

LONGEST_SECONDS = 5.0
LONGEST_CLOCK_SECONDS = 600.0  # a hang; by the clock, on a machine that may do other things too
_LINES = 12


def main() -> int:
    """Makes the faults, has them scanned and checks the answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000, help="default: 2000")
    parser.add_argument("--seed", type=int, default=None, help="repeats a run")
    parser.add_argument("--folder", type=Path, default=None, help="scan this folder instead")
    parser.add_argument("--timed", nargs=3, metavar=("FOLDER", "REPORT", "TIMES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.timed:
        return timed_scan(*map(Path, options.timed))
    seed = random.SystemRandom().randrange(1 << 31) if options.seed is None else options.seed
    with tempfile.TemporaryDirectory(prefix="framesift-faults-") as name:
        place = Path(name)
        folder, healthy = options.folder, 0
        if folder is None:
            folder = place / "shoot"
            made, healthy = make_faults(folder, options.files, seed)
            print(f"{made} generated files, {healthy} of them healthy, seed {seed}")
        faults = check(folder, healthy, place)
    for fault in faults[:_LINES]:
        print(f"FAULT {fault}")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


def check(folder: Path, healthy: int, place: Path) -> list[str]:
    """Scans a folder in a process of its own; prints what came of it and returns what was wrong."""
    report, times = place / "report.json", place / "times.json"
    surroundings = {**os.environ, "FRAMESIFT_CACHE": str(place / "cache")}
    surroundings.setdefault("FRAMESIFT_MODEL", str(load(ROOT / "tests" / "tiny_model.py").write_model(place)))
    began = time.monotonic()
    ended = subprocess.run(
        [sys.executable, __file__, "--timed", str(folder), str(report), str(times)],
        env=surroundings,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    print(f"scan took {time.monotonic() - began:.1f} s: {ended.stderr.strip().splitlines()[-1:]}")
    if ended.returncode != 0:
        return [f"scan ended with {ended.returncode}: {ended.stderr[-600:]}"]
    photos: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["photos"]
    spent: dict[str, list[float]] = json.loads(times.read_text(encoding="utf-8"))
    tell(photos, spent)
    return [*unnamed(folder, photos), *unexplained(photos, healthy), *slow(spent)]


def tell(photos: list[dict[str, Any]], spent: dict[str, list[float]]) -> None:
    """Prints what was said how often, and which file took longest."""
    counts = Counter(photo["error"] or "judged" for photo in photos)
    for words, count in counts.most_common():
        print(f"{count:6} {words}")
    for unit, place in (("processor", 0), ("clock", 1)) if spent else ():
        name = max(spent, key=lambda key: spent[key][place])
        print(f"longest by the {unit}: {spent[name][place]:.2f} s, {Path(name).name!r}")


def unnamed(folder: Path, photos: list[dict[str, Any]]) -> list[str]:
    """Entries of the folder that the report does not name once, and other names in it."""
    there = Counter(entry for entry in os.listdir(folder) if not entry.startswith("."))  # noqa: PTH208
    named = Counter(photo["path"] for photo in photos)
    missing = [f"{name!r} is not named" for name in there - named]
    return missing + [f"{name!r} is named without being there" for name in named - there]


def unexplained(photos: list[dict[str, Any]], healthy: int) -> list[str]:
    """Files without a verdict and without a sentence, and healthy ones that were not judged."""
    faults = []
    for photo in photos:
        error = photo["error"]
        if (error is None) == (photo["verdict"] is None):
            faults.append(f"{photo['path']!r}: verdict {photo['verdict']}, error {error}")
        elif error is not None and not (error[:1].isupper() and error.endswith(".")):
            faults.append(f"{photo['path']!r}: {error!r} is no sentence")
        elif error is not None and error.startswith("The photo could not be judged"):
            faults.append(f"{photo['path']!r}: {error}")
    judged = sum(photo["error"] is None for photo in photos)
    return faults + ([f"only {judged} judged, {healthy} are healthy"] if judged < healthy else [])


def slow(spent: dict[str, list[float]]) -> list[str]:
    """Files that took too long."""
    return [
        f"{name!r} took {processor:.1f} s of the processor, {clock:.1f} s by the clock"
        for name, (processor, clock) in spent.items()
        if processor > LONGEST_SECONDS or clock > LONGEST_CLOCK_SECONDS
    ]


def timed_scan(folder: Path, report: Path, times: Path) -> int:
    """The command `scan`, with a clock beside every photo."""
    from app import cli, scan_command
    from quality.core.scorer import Scorer

    spent: dict[str, list[float]] = {}

    class TimedScorer(Scorer):
        def score(self, path: Path, *rest: Any) -> Any:
            clock, processor = time.monotonic(), time.thread_time()
            try:
                return super().score(path, *rest)
            finally:
                spent[path.name] = [time.thread_time() - processor, time.monotonic() - clock]

    vars(scan_command)["Scorer"] = TimedScorer
    status = cli.run(["scan", str(folder), "--format", "json", "--output", str(report)])
    times.write_text(json.dumps(spent), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
