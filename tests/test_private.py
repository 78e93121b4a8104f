"""The program opens no network connection and runs no code from files: shown at work and in its source."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

_ROOT = Path(__file__).resolve().parents[1]
_PROGRAM = ("app", "editor", "quality", "resources")
_BARRED_MODULES = frozenset(
    {"pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "jsonpickle"}
    | {"multiprocessing", "concurrent.futures.process"}  # they send objects by pickle
    | {"socket", "ssl", "http", "urllib.request", "urllib3", "requests", "ftplib", "smtplib", "asyncio"}
    | {"PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"}
)
_BARRED_CALLS = frozenset({"eval", "exec", "compile", "__import__", "breakpoint"})

# Put into every Python process of a run, the decoders' included: writes down what is done with the network.
_WATCH = """
import os, sys
def _watch(event, arguments):
    if event.startswith("socket."):
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(f"{event} {arguments!r}\\n")
        raise PermissionError("no network here")
sys.addaudithook(_watch)
with open(os.environ["NETWORK_LOG"] + ".processes", "a") as log:
    log.write(f"{sys.orig_argv!r}\\n")
"""


def _sources() -> list[Path]:
    return sorted(path for package in _PROGRAM for path in (_ROOT / package).rglob("*.py"))


def _imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _loads_by_numpy(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "load"
        and isinstance(function.value, ast.Name)
        and function.value.id in {"np", "numpy"}
    )


@pytest.mark.parametrize("path", _sources(), ids=lambda path: path.relative_to(_ROOT).as_posix())
def test_no_module_can_unpickle_run_text_or_reach_the_network(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    barred = {
        name
        for name in _imports(tree)
        if any(name == module or name.startswith(f"{module}.") for module in _BARRED_MODULES)
    }
    assert barred == set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            assert not (isinstance(node.func, ast.Name) and node.func.id in _BARRED_CALLS), node.lineno
            allowed = [keyword.value for keyword in node.keywords if keyword.arg == "allow_pickle"]
            assert all(isinstance(value, ast.Constant) and value.value is False for value in allowed)
            assert allowed or not _loads_by_numpy(node), f"line {node.lineno}: say allow_pickle=False"
            shell = [keyword.value for keyword in node.keywords if keyword.arg == "shell"]
            assert all(isinstance(value, ast.Constant) and value.value is False for value in shell)


@pytest.fixture
def watched(tmp_path: Path) -> Callable[..., tuple[subprocess.CompletedProcess[str], str, str]]:
    """Runs Python with the watch; gives what came out, what was done with the network, and who ran."""
    watch = tmp_path / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(_WATCH)
    log, processes = tmp_path / "network", tmp_path / "network.processes"

    def run(*arguments: str) -> tuple[subprocess.CompletedProcess[str], str, str]:
        places = os.pathsep.join((str(watch), str(_ROOT)))
        done = subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, "PYTHONPATH": places, "NETWORK_LOG": str(log)},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return done, log.read_text() if log.exists() else "", processes.read_text()

    return run


def test_the_watch_sees_the_network(watched: Callable[..., tuple[object, str, str]]) -> None:
    code = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9))\nexcept OSError:\n    pass"
    _, network, _ = watched("-c", code)
    assert "socket." in network


def test_a_scan_with_every_kind_of_decoder_uses_no_network(
    watched: Callable[..., tuple[subprocess.CompletedProcess[str], str, str]],
    tmp_path: Path,
    tiny_model_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    pixels = np.random.default_rng(1).integers(60, 190, (300, 400, 3), np.uint8)
    for suffix in ("jpg", "png", "tif", "webp", "bmp", "avif"):
        Image.fromarray(pixels).save(shoot / f"photo.{suffix}")
    (shoot / "broken.cr2").write_bytes(b"II*\0\x10\0\0\0CR" + bytes(500))
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tiny_model_folder))
    done, network, processes = watched("-m", "app", "scan", str(shoot), "--format", "json")
    assert done.returncode == 0, done.stderr
    photos = json.loads(done.stdout)["photos"]
    assert [photo["path"] for photo in photos if photo["error"]] == ["broken.cr2"]
    assert "decode_worker" in processes  # the decoder was watched as well
    assert network == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps such notes itself")
def test_the_network_leaves_no_notes_for_its_maker(tmp_path: Path, tiny_model_folder: Path) -> None:
    code = "import sys; from pathlib import Path; from quality.core.inference import open_model; "
    code += "open_model(Path(sys.argv[1]))"
    # Of the variables only these: some of those that others set, such as CI, would forbid the notes, too.
    variables = {"HOME": str(tmp_path), "PATH": os.defpath, "PYTHONPATH": str(_ROOT)}
    subprocess.run([sys.executable, "-c", code, tiny_model_folder], env=variables, check=True, timeout=300)
    assert list(tmp_path.rglob("*")) == []
