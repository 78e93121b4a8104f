"""Fixtures for tests of the window: a shoot to open, and windows that are always closed."""

import os
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.main_window import MainWindow
    from quality.core.inference import QualityModel

WAIT_MS = 120_000


def draw_photo(file: Path, *, seed: int = 1, light: float = 1.0, blur: float = 0.0, size: int = 640) -> Path:
    """Draws a photo that the tiny model judges: detailed and well lit unless told otherwise."""
    grain = np.random.default_rng(seed).integers(60, 190, (size * 3 // 4, size, 3))
    picture = Image.fromarray((np.clip(grain * light, 0, 255)).astype(np.uint8))
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    picture.save(file, quality=92)
    return file


@pytest.fixture(scope="module", autouse=True)
def plain_application() -> Iterator[None]:
    """Takes the program's style sheet off again: tests of bare widgets may follow in the same process."""
    from PySide6.QtWidgets import QApplication

    yield
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setStyleSheet("")


@pytest.fixture
def shoot_folder(tmp_path: Path) -> Path:
    """Six photos: three clean, one soft, one dark, and one that is broken; and a file that is no photo."""
    folder = tmp_path / "Saturday shoot"
    folder.mkdir()
    for number in (1, 2, 3):
        draw_photo(folder / f"IMG_{number}.jpg", seed=number)
    draw_photo(folder / "IMG_4_soft.jpg", seed=4, blur=9)
    draw_photo(folder / "IMG_5_dark.jpg", seed=5, light=0.08)
    (folder / "IMG_6_broken.jpg").write_bytes((folder / "IMG_1.jpg").read_bytes()[:900])
    (folder / "notes.txt").write_text("no photo")
    return folder


@pytest.fixture
def open_window(
    qtbot: "QtBot", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_model_folder: Path
) -> Iterator[Callable[..., "MainWindow"]]:
    """Opens windows that share settings and caches, as one start of the program after another."""
    from PySide6.QtCore import QSize

    from app.main_window import MainWindow
    from app.settings import Settings

    monkeypatch.setenv("FRAMESIFT_MODEL", str(tiny_model_folder))
    # The screen of the offscreen platform is smaller than any that photos are culled on.
    monkeypatch.setattr("app.main_window.first_size", lambda _place: QSize(1280, 832))

    # Held here: a window that Python drops would vanish without being closed.
    opened: list[MainWindow] = []

    def make(folder: Path | None = None) -> MainWindow:
        window = MainWindow(Settings(tmp_path / "config" / "framesift.ini"), tmp_path / "cache")
        opened.append(window)
        window.show()
        if folder is not None:
            window.open_path(folder)
            qtbot.waitUntil(lambda: window.photos.shoot.folder == folder and window.settled, timeout=WAIT_MS)
        return window

    yield make
    for window in opened:
        window.close()


@pytest.fixture
def gate(
    open_window: Callable[..., "MainWindow"],  # noqa: ARG001 - its windows close after this is let go
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[threading.Event]:
    """Holds the network back until it is set, which it is before the windows close."""
    from quality.core.inference import QualityModel

    made, run = threading.Event(), QualityModel.run

    def held(model: "QualityModel", batch: NDArray[np.float32]) -> NDArray[np.float32]:
        made.wait()
        return run(model, batch)

    monkeypatch.setattr(QualityModel, "run", held)
    yield made
    made.set()


@pytest.fixture
def publish(qtbot: "QtBot") -> Callable[..., str]:
    """Publishes by way of the sheet, waits until the sidecars are read back, gives what the sheet said."""

    def agree(window: "MainWindow", *, replace: bool = False) -> str:
        window.publishing.sheet = None
        window.status.say("")
        window.actions_by_id["publish"].trigger()
        qtbot.waitUntil(lambda: window.publishing.sheet is not None, timeout=WAIT_MS)
        sheet = window.publishing.sheet
        assert sheet is not None
        sentence = sheet.sentence.text()
        if replace:
            window.publishing.replace.setChecked(True)
        sheet.accept()
        qtbot.waitUntil(lambda: "say your marks now" in window.status.said, timeout=WAIT_MS)
        return sentence

    return agree
