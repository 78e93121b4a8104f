"""The dialog of clocks: what it reads, what it refuses, and offsets that are there again."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.clock_dialog import offset_seconds, offset_text
from app.main_window import MainWindow
from app.photo_filter import SortKey
from editor.core.clock_offsets import MOST_SECONDS

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]
_DATE_TIME_ORIGINAL, _MODEL, _EXIF = 36867, 272, 0x8769


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("+1:00:00", 3600),
        ("-0:02:30", -150),
        ("2:30", 150),
        ("−1:30:00", -5400),
        ("+2 d 0:00:01", 172_801),
        ("", 0),
        ("1", None),
        ("1:60", None),
        ("1:60:00", None),
        ("soon", None),
        ("+99999 d 0:00:00", None),
    ],
)
def test_an_offset_is_read(text: str, seconds: int | None) -> None:
    assert offset_seconds(text) == seconds


@given(st.integers(-MOST_SECONDS, MOST_SECONDS))
def test_what_is_written_is_read(seconds: int) -> None:
    assert offset_seconds(offset_text(seconds)) == seconds


def with_camera(file: Path, camera: str, taken: datetime) -> None:
    with Image.open(file) as picture:
        exif = picture.getexif()
        exif[_MODEL] = camera
        exif.get_ifd(_EXIF)[_DATE_TIME_ORIGINAL] = taken.strftime("%Y:%m:%d %H:%M:%S")
        picture.save(file, exif=exif, quality=92)


def test_photos_that_nobody_judged_are_sorted_by_time_as_well(
    qtbot: QtBot,
    open_window: OpenWindow,
    shoot_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tmp_path / "nowhere"))
    for number in (1, 2, 3):
        with_camera(shoot_folder / f"IMG_{number}.jpg", "A", datetime(2026, 5, 2, 15 - number, 0))
    window = open_window(shoot_folder)
    assert not window.session.judging.has_model
    window.area.filters.order_chosen.emit(SortKey.TIME.value, False)
    qtbot.waitUntil(lambda: window.shown.rows.tolist() == [2, 1, 0, 3, 4, 5], timeout=WAIT_MS)
    assert window.photos.shoot.judged == 0


def test_offsets_order_the_shoot_and_are_there_again(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    for name in ("IMG_4_soft.jpg", "IMG_5_dark.jpg", "IMG_6_broken.jpg"):
        (shoot_folder / name).unlink()
    for number, camera in ((1, "Late"), (2, "Right"), (3, "Late")):
        with_camera(shoot_folder / f"IMG_{number}.jpg", camera, datetime(2026, 5, 2, 10 + number, 0))
    window = open_window(shoot_folder)
    window.area.filters.order_chosen.emit(SortKey.TIME.value, False)
    qtbot.waitUntil(lambda: window.shown.rows.tolist() == [0, 1, 2], timeout=WAIT_MS)
    window.actions_by_id["clocks"].trigger()
    dialog = window.clock_dialog
    assert set(dialog.fields) == {"Late", "Right"}
    dialog.fields["Late"].setText("+1:3")
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert "+1:3 is no offset" in dialog.problem.text()
    dialog.fields["Late"].setText("+1:30:00")
    dialog.accept()
    assert window.shown.rows.tolist() == [1, 0, 2]
    window.close()
    again = open_window(shoot_folder)
    qtbot.waitUntil(lambda: again.shown.rows.tolist() == [1, 0, 2], timeout=WAIT_MS)
    assert again.clocks.clocks.seconds == {"Late": 5400}
