"""Fixtures every test may use."""

import gc
import importlib.util
import os
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from types import ModuleType

import pytest

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # for the libraries of training that import ONNX Runtime themselves

_SHARED = Path(__file__).resolve().parents[2] / "shared"


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
    """Keeps every test out of the caches, settings and model choice of whoever runs it."""
    folder = tmp_path_factory.getbasetemp() / "user-folders"
    monkeypatch.setenv("FRAMESIFT_CACHE", str(folder / "cache"))
    monkeypatch.setenv("FRAMESIFT_CONFIG", str(folder / "config"))
    monkeypatch.setenv("FRAMESIFT_DATA", str(folder / "data"))
    monkeypatch.delenv("FRAMESIFT_MODEL", raising=False)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fails a test that leaves a thread of the program running."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    deadline = time.monotonic() + 5
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
