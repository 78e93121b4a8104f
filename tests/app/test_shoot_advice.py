"""The question about a night and the notices, in the real window."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.shoot import Shoot
from editor.core.metadata import PhotoMetadata
from editor.core.photo import PhotoIdentity
from quality.core.labels import Defect, PerDefect
from quality.core.light_measure import LightMeasure
from quality.core.scorer import PhotoScore
from quality.core.thresholds import Mode

OpenWindow = Callable[..., MainWindow]
START = datetime(2026, 5, 2, 21, 4)


def score(place: int, *, under: float, middle: float) -> PhotoScore:
    """A photo taken a minute after the one before, by settings of a room with light."""
    metadata = PhotoMetadata(
        taken_at=START + timedelta(minutes=place), exposure_s=1 / 60, aperture=2.8, iso=400, focal_mm=85.0
    )
    light = LightMeasure(0.0, middle, 0.2, 0.0, 0.1)
    return PhotoScore(PhotoIdentity(place, "a"), 60, 40, PerDefect(0.1, under, 0.1), light, metadata)


@pytest.fixture
def window(open_window: OpenWindow, shoot_folder: Path) -> MainWindow:
    """A shoot of 40: twelve dark frames in a row, one of them far too dark, and 28 good ones."""
    made = open_window(shoot_folder)
    shoot = Shoot(Path("/night"), [Path(f"/night/IMG_{n}.jpg") for n in range(40)])
    made.photos.set_shoot(shoot)
    made.display.feed.begin()
    dark = range(10, 22)
    made.photos.take_scores(
        (
            path,
            score(
                n,
                under=0.9 if n in dark else 0.1,
                middle=(0.0005 if n == 15 else 0.008) if n in dark else 0.2,
            ),
        )
        for n, path in enumerate(shoot.photos)
    )
    made.display.feed.show_scores()
    made.panel.row(Defect.UNDER).click_mode(Mode.REJECT)
    made.panel.flush()
    made.display.feed.advice.look()
    return made


def test_a_night_is_asked_once_and_its_odd_frame_stays_flagged(window: MainWindow) -> None:
    assert window.panel.notice.text.startswith("11 frames from 21:14 to 21:25 are dark: treat as night?")
    assert window.photos.over.reasons[:, 1].sum() == 12
    window.panel.notice.answer(yes=True)
    assert window.panel.modes.under is Mode.AUTO
    assert np.flatnonzero(window.photos.over.reasons[:, 1]).tolist() == [15]
    assert window.photos.over.hints[:, 1].sum() == 11
    assert window.panel.notice.key == ""
    assert window.panel.row(Defect.UNDER).count_text == "1 flagged, 11 hints"


def test_a_question_that_was_declined_is_not_asked_again(window: MainWindow) -> None:
    window.panel.notice.answer(yes=False)
    assert window.panel.notice.key == ""
    window.display.feed.advice.look()
    assert window.panel.notice.key == ""
    assert window.photos.over.reasons[:, 1].sum() == 12


def test_almost_everything_flagged_offers_hints(window: MainWindow) -> None:
    window.panel.row(Defect.BLUR).number.setValue(0.05)
    window.panel.flush()
    window.display.feed.advice.look()
    assert window.panel.notice.key == "flood-blur"
    window.panel.notice.answer(yes=True)
    assert window.panel.modes.blur is Mode.HINT


def test_nothing_flagged_says_how_near_it_comes(window: MainWindow) -> None:
    for defect in Defect:
        window.panel.row(defect).number.setValue(1.0)
    window.panel.flush()
    window.display.feed.advice.look()
    assert window.panel.notice.text.startswith("Nothing is over a line")


def test_the_summary_says_what_is_flagged(window: MainWindow) -> None:
    assert window.panel.summary.text.splitlines()[0] == "12 flagged (Under 12)."


def test_the_summary_counts_causes(window: MainWindow) -> None:
    window.panel.row(Defect.BLUR).number.setValue(0.05)
    window.panel.flush()
    window.display.feed.advice.look()
    assert (
        "40 of 40 blurred frames were slower than 1/(2 × focal length)."
        in window.panel.summary.text.replace("\N{NO-BREAK SPACE}", " ")
    )


def test_it_is_looked_at_when_lines_rest(qtbot: QtBot, window: MainWindow) -> None:
    for defect in Defect:
        window.panel.row(defect).number.setValue(1.0)
    window.panel.flush()
    qtbot.waitUntil(lambda: window.panel.notice.key == "calm", timeout=30_000)
