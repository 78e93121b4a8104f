"""A share of the generated faults under a scan: each is named and explained, and nothing falls over."""

import subprocess
import sys
from pathlib import Path

import pytest

_SCRIPT = Path(__file__).with_name("scan_faults.py")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and few odd names there")
def test_a_share_of_the_faults_is_survived_and_explained() -> None:
    run = subprocess.run(
        [sys.executable, _SCRIPT, "--files", "160", "--seed", "5"],
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "160 generated files, 20 of them healthy, seed 5"
    assert lines[-1] == "0 faults"
    counts = {line.lstrip().partition(" ")[2]: int(line.split()[0]) for line in lines[2:-3]}
    assert sum(counts.values()) == 160
    assert counts["judged"] >= 20
    assert counts["The file is empty; copy it from the card again."] >= 7
    assert counts["The link points to a file that is not there."] >= 7


def test_a_folder_with_an_unexplained_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "shoot").mkdir()
    (tmp_path / "shoot" / "notes.txt").write_text("not listed by the scan")
    run = subprocess.run(
        [sys.executable, _SCRIPT, "--folder", tmp_path / "shoot"],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert run.returncode == 1
    assert "'notes.txt' is not named" in run.stdout
