"""Fixtures every test may use."""

import gc
import importlib.util
import itertools
import os
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

# No law is broken because a machine is slow or busy with something else.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

_PATIENCE_MS = 180_000
"""How long a test waits for what must happen before it gives up; long, for a machine under load."""

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # for the libraries of training that import ONNX Runtime themselves

_numbers = itertools.count()
_SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_finish() -> None:
    """Leaves all modules and tests out of the collections after each Qt test, which are then short."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    """Collects a Qt test's garbage in this thread: a worker that did it would end widgets, and crash."""
    if not {"qtbot", "qapp"} & set(getattr(item, "fixturenames", ())):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.enable()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real camera files beside the checkout; skips the test where there is none."""
    if not _SHARED.is_dir():
        pytest.skip("no folder of real photos beside this checkout")
    return _SHARED


@pytest.fixture(autouse=True)
def private_user_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keeps a test out of the caches, settings and model choice of others, and of whoever runs it."""
    folder = tmp_path_factory.getbasetemp() / "user-folders" / str(next(_numbers))
    monkeypatch.setenv("FRAMESIFT_CACHE", str(folder / "cache"))
    monkeypatch.setenv("FRAMESIFT_CONFIG", str(folder / "config"))
    monkeypatch.setenv("FRAMESIFT_DATA", str(folder / "data"))
    monkeypatch.delenv("FRAMESIFT_MODEL", raising=False)


class PatientBot(QtBot):
    """Waits as long as a busy machine needs, where a test would give up sooner."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 0) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=max(timeout, _PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE_MS, **how: Any) -> Any:  # noqa: N802
        # 0 is asked by `assertNotEmitted`, which must not wait at all.
        return super().waitSignal(signal, timeout=timeout and max(timeout, _PATIENCE_MS), **how)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:  # noqa: ARG001
    """The bot of pytest-qt, with more patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fails a test that leaves a thread of the program running."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    deadline = time.monotonic() + _PATIENCE_MS / 1000
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    assert [thread.name for thread in left if thread.is_alive()] == []


@pytest.fixture(scope="session")
def tiny_model() -> ModuleType:
    """The module tests/tiny_model.py, to write tiny networks of its own; skips without `onnx`."""
    pytest.importorskip("onnx")
    spec = importlib.util.spec_from_file_location("tiny_model", Path(__file__).with_name("tiny_model.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def tiny_model_folder(tiny_model: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with quality.onnx and quality.json of the tiny network; never write into it."""
    folder: Path = tiny_model.write_model(tmp_path_factory.mktemp("model"))
    return folder
