"""Lines and clocks of a shoot reach its store even where the disk was full when the shoot was left."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import store_keeping
from app.clock_keeping import CLOCKS
from app.main_window import MainWindow
from editor.core.clock_offsets import ClockOffsets
from editor.core.shoot_errors import StoreFullError
from editor.core.shoot_store import ShootStore

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]


def test_what_a_full_disk_refused_is_kept_after_another_shoot_was_opened(
    qtbot: QtBot,
    open_window: OpenWindow,
    shoot_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store_keeping, "RETRY_MS", 10)
    other = tmp_path / "other"
    other.mkdir()
    (other / "IMG_1.jpg").write_bytes((shoot_folder / "IMG_1.jpg").read_bytes())
    window = open_window(shoot_folder)
    clocks = ClockOffsets({"X": 3600})
    tried: list[ShootStore] = []

    def full(store: ShootStore, _texts: object) -> None:
        tried.append(store)
        raise StoreFullError(store.path, "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(ShootStore, "save_settings", full)
        window.clocks.set_clocks(clocks)
        qtbot.waitUntil(lambda: len(tried) > 0, timeout=WAIT_MS)
        assert window.texts.waits(CLOCKS)
        assert window.texts.unsaved == 1
        window.open_path(other)
        qtbot.waitUntil(lambda: window.photos.shoot.folder == other and window.settled, timeout=WAIT_MS)
        assert not window.texts.waits(CLOCKS)
        assert window.clocks.clocks.seconds == {}
    qtbot.waitUntil(lambda: window.texts.unsaved == 0, timeout=WAIT_MS)
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: window.clocks.clocks.seconds == clocks.seconds, timeout=WAIT_MS)
