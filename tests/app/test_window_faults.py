"""What goes wrong under the window is said in it, and looking through the photos and culling go on."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.photo_roles import PhotoState
from editor.core.marks import Flag
from editor.core.photo import PhotoIdentity
from editor.core.shoot_location import STORE_FILE, STORE_FOLDER
from quality.core.score_cache import CachedScore, ScoreCache

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]


def truncated(tiny_model: ModuleType, folder: Path) -> None:
    network = tiny_model.write_model(folder) / "quality.onnx"
    network.write_bytes(network.read_bytes()[:200])


def of_another_shape(tiny_model: ModuleType, folder: Path) -> None:
    tiny_model.write_model(folder, tiny_model.network(shape=("N", 240, 320, 3)))


def no_network(tiny_model: ModuleType, folder: Path) -> None:
    tiny_model.write_model(folder, b"no network")


def missing(tiny_model: ModuleType, folder: Path) -> None:
    (tiny_model.write_model(folder) / "quality.onnx").unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (missing, "The model is missing"),
        (truncated, "The model is damaged"),
        (no_network, "cannot be loaded"),
        (of_another_shape, "input has shape"),
    ],
)
def test_a_model_that_does_not_work_is_said_and_culling_goes_on(
    open_window: OpenWindow,
    shoot_folder: Path,
    tiny_model: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[ModuleType, Path], None],
    words: str,
) -> None:
    spoil(tiny_model, tmp_path / "model")
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tmp_path / "model"))
    window = open_window(shoot_folder)
    assert window.area.banner.isVisible()
    assert words in window.area.banner.text
    assert "Looking through them works all the same" in window.area.banner.text
    window.grid.setCurrentIndex(window.shown.index(0, 0))
    window.actions_by_id["pick"].trigger()
    assert window.photos.shoot.marks.marks(0).flag is Flag.PICK
    assert not window.photos.shoot.is_judged(0)


def test_a_folder_that_is_removed_while_it_is_judged(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, gate: threading.Event
) -> None:
    window = open_window()
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: len(window.photos.shoot) == 6 and window.session.judging.goes_on, timeout=WAIT_MS)
    shutil.rmtree(shoot_folder)
    gate.set()
    qtbot.waitUntil(lambda: window.session.judging.finished, timeout=WAIT_MS)
    states = {window.photos.state(row) for row in range(6)}
    assert states <= {PhotoState.BROKEN, PhotoState.JUDGED}
    faults = set(window.photos.shoot.faults.values())
    assert faults
    assert all("no longer there" in reason or "too early" in reason for reason in faults)


def test_scores_that_cannot_be_kept_are_said(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = ScoreCache.save

    def on_a_full_disk(cache: ScoreCache, identity: PhotoIdentity, key: str, score: CachedScore) -> None:
        assert cache._connection is not None
        cache._connection.execute("PRAGMA query_only = 1")
        save(cache, identity, key, score)

    monkeypatch.setattr(ScoreCache, "save", on_a_full_disk)
    window = open_window(shoot_folder)
    qtbot.waitUntil(window.area.banner.isVisible, timeout=WAIT_MS)
    assert "judged again next time" in window.area.banner.text
    assert window.photos.shoot.is_judged(0)


def test_damaged_marks_are_set_aside_and_said(open_window: OpenWindow, shoot_folder: Path) -> None:
    store = shoot_folder / STORE_FOLDER / STORE_FILE
    store.parent.mkdir()
    store.write_bytes(b"no database at all" * 300)
    window = open_window(shoot_folder)
    assert window.area.banner.isVisible()
    assert "The file of marks was damaged. It was kept as " in window.area.banner.text
    (aside,) = store.parent.glob("*.damaged-*")
    assert aside.name in window.area.banner.text
    assert aside.read_bytes() == b"no database at all" * 300
