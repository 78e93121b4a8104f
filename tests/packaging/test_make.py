"""The commands a person types: what they would do, and that continuous integration types the same."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def _make(*arguments: str) -> str:
    # The outer make, under which the tests may run, must not pass its options on to this one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    run = subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=_ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return run.stdout


def test_help_names_every_target_for_a_person() -> None:
    text = _make("help")
    for target in ("run", "setup", "test", "lint", "bench", "faults", "frozen", "clean", "help"):
        assert f"make {target} " in text


def test_run_makes_the_demo_shoot_only_when_no_folder_is_given() -> None:
    assert "demo_shoot.py build/demo-shoot" in _make("--dry-run", "run")
    given = _make("--dry-run", "run", "SHOOT=/some where/photos")
    assert "demo_shoot.py" not in given
    assert '"/some where/photos"' in given


def test_run_installs_the_small_set_and_test_the_whole(tmp_path: Path) -> None:
    venv = f"VENV={tmp_path}/venv"
    run, test = _make("--dry-run", "run", venv), _make("--dry-run", "test", venv)
    assert "requirements/app.txt" in run
    assert "development.txt" not in run
    assert "requirements/development.txt" in test


def test_integration_types_what_a_person_types() -> None:
    script = _ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")
