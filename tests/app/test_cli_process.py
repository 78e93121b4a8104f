"""`scan` as a process of its own: closed pipes, other encodings, Ctrl+C, and no Qt."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]

START = "import sys; from app.cli import run; sys.exit(run(sys.argv[1:]))"

WITHOUT_QT = "import sys; sys.modules['PySide6'] = sys.modules['shiboken6'] = None; " + START

LOADED = "import sys; from app.__main__ import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"

STOP_WHILE_JUDGING = """
import os, signal, sys, threading
from app.cli import run
from quality.core.scorer import Scorer

gate = threading.Event()

def interrupted(*arguments):
    gate.set()
    raise KeyboardInterrupt

def score(self, path):
    os.write(1, b"judging\\n")  # whole, whatever other workers write
    gate.wait()
    raise RuntimeError("never judged")

signal.signal(signal.SIGINT, interrupted)
Scorer.score = score
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    folder = tmp_path / "shoot"
    folder.mkdir()
    pixels = np.random.default_rng(0).integers(60, 190, (384, 512, 3), np.uint8)
    for number in range(3):
        Image.fromarray(pixels).save(folder / f"Fotografía {number} 写.jpg")
    return folder


@contextmanager
def started(
    code: str, arguments: Sequence[str], model: Path, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is ended, and its pipes closed, also where a test fails."""
    variables = os.environ | {"PYTHONPATH": str(ROOT), "FRAMESIFT_MODEL": str(model)} | environment
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables, cwd=ROOT
    ) as process:
        try:
            yield process
        finally:
            process.kill()  # nothing where it has ended


def test_the_scan_never_imports_qt(shoot: Path, tiny_model_folder: Path) -> None:
    with started(WITHOUT_QT, ["scan", str(shoot), "--format", "json"], tiny_model_folder) as process:
        out, err = process.communicate()
    assert process.returncode == 0, err
    assert json.loads(out)["summary"]["judged"] == 3


def test_a_scan_loads_nothing_that_only_other_verbs_need(shoot: Path, tiny_model_folder: Path) -> None:
    with started(LOADED, ["scan", str(shoot), "--format", "json"], tiny_model_folder) as process:
        _, err = process.communicate()
    loaded = set(err.decode().splitlines()[-1].split())
    assert "app.scan_command" in loaded
    assert not loaded & {
        "app.export_command",
        "app.render_command",
        "editor.core.render",
        "importlib.metadata",
    }


@pytest.mark.parametrize("verb", ["scan", "corrections", "export", "render"])
def test_every_verb_has_its_own_help_and_a_line_in_the_list(verb: str, tiny_model_folder: Path) -> None:
    for arguments, said in (([verb, "--help"], f"usage: framesift {verb} "), (["--help"], f"    {verb}")):
        with started(START, arguments, tiny_model_folder) as process:
            out, err = process.communicate()
        assert process.returncode == 0, err
        assert said in out.decode()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_any_encoding_of_standard_output(
    shoot: Path, tiny_model_folder: Path, encoding: str, form: str
) -> None:
    arguments = ["scan", str(shoot), "--format", form]
    with started(START, arguments, tiny_model_folder, PYTHONIOENCODING=encoding) as process:
        out, err = process.communicate()
    assert process.returncode == 0, err
    text = out.decode(encoding)
    assert ("写" in text) == (encoding == "utf-8" and form != "json")
    assert "Fotograf" in text


def test_a_reader_that_leaves_early_is_no_error(shoot: Path, tiny_model_folder: Path) -> None:
    with started(START, ["scan", str(shoot), "--format", "json"], tiny_model_folder) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read().decode()
        assert process.wait() == 0
    assert err.startswith("3 of 3 photos in")
    assert err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C to the whole console")
def test_ctrl_c_ends_with_130_and_no_traceback(tmp_path: Path, tiny_model_folder: Path) -> None:
    shoot = tmp_path / "many"
    shoot.mkdir()
    for number in range(2000):
        (shoot / f"{number}.jpg").touch()
    with started(STOP_WHILE_JUDGING, ["scan", str(shoot)], tiny_model_folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"judging\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err.decode().splitlines()[-1] == "framesift: stopped"
    assert "KeyboardInterrupt" not in err.decode()
