"""Tests for the size of the first window."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from app import screen_room


@pytest.mark.parametrize(
    ("room", "size"),
    [
        (QRect(0, 0, 960, 560), QSize(912, 532)),  # a screen of 1440 x 900 at 150 %, with a task bar
        (QRect(0, 24, 1440, 876), QSize(1368, 832)),
        (QRect(0, 0, 3840, 2120), QSize(1440, 960)),
    ],
)
def test_the_first_window_fits_its_screen(monkeypatch: pytest.MonkeyPatch, room: QRect, size: QSize) -> None:
    monkeypatch.setattr(screen_room, "screen_room", lambda _place: room)
    assert screen_room.first_size(QPoint(0, 0)) == size
