"""The fuzz run: it ends, repeats itself by its seed, and finds nothing in a moment."""

import json
import subprocess
import sys
from pathlib import Path

_SCRIPT = Path(__file__).with_name("fuzz_files.py")


def test_a_moment_of_fuzzing_finds_no_fault(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, _SCRIPT, "--seconds", "2", "--seed", "11", "--keep", tmp_path / "kept"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    assert [report["target"] for report in reports] == ["photo", "sidecar", "recipe"]
    assert all(report["files"] > 0 and report["seed"] == 11 for report in reports)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["codecs.log"]
