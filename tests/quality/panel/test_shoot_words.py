"""What the panel says of a shoot: almost all flagged, none flagged, a night, and causes."""

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from quality.core.cause import CauseCount
from quality.core.labels import Defect, PerDefect
from quality.core.series import DarkSeries
from quality.core.thresholds import Mode, Modes, Thresholds, default_modes
from quality.panel.panel_notice import PanelNotice
from quality.panel.shoot_words import (
    calm_notice,
    cause_sentence,
    flood_notice,
    series_notice,
    summary_sentence,
)

LINES = Thresholds(0.8, 0.7, 0.6)


def test_almost_everything_flagged() -> None:
    found = flood_notice(PerDefect(3, 91, 0), 100)
    assert found is not None
    assert found.text == "91 % of the photos are over the line for Under. A night shoot?"
    assert (found.key, found.yes) == ("flood-under", "Switch Under to hints")
    assert flood_notice(PerDefect(3, 79, 0), 100) is None
    assert flood_notice(PerDefect(5, 5, 5), 5) is None
    assert flood_notice(PerDefect(0, 0, 0), 0) is None


def test_nothing_flagged() -> None:
    found = calm_notice(PerDefect(0.62, 0.11, None), LINES, default_modes())
    assert found is not None
    assert found.text.endswith("Blur 0.62 (line 0.80), Under 0.11 (line 0.70).")
    assert calm_notice(PerDefect(0.62, 0.1, 0.1), LINES, Modes(Mode.OFF, Mode.OFF, Mode.OFF)) is None


@pytest.mark.parametrize(
    ("odd", "words"),
    [((), "night?"), ((1,), "One far darker"), ((1, 2), "2 far darker than their neighbours stay flagged.")],
)
def test_a_night_is_one_question(odd: tuple[int, ...], words: str) -> None:
    series = DarkSeries(tuple(range(42)), odd, datetime(2026, 5, 2, 21, 4), datetime(2026, 5, 2, 21, 40))
    found = series_notice(series)
    assert found.text.startswith("42 frames from 21:04 to 21:40 are dark: treat as night?")
    assert words in found.text


def test_causes() -> None:
    blur = cause_sentence(CauseCount(Defect.BLUR, 38, 38, 31))
    assert (
        blur.replace("\N{NO-BREAK SPACE}", " ")
        == "31 of 38 blurred frames were slower than 1/(2 × focal length)."
    )
    assert cause_sentence(CauseCount(Defect.UNDER, 12, 10, 9)).endswith("; of 2 nothing is known.")
    assert cause_sentence(CauseCount(Defect.BLUR, 0, 0, 0)) == ""


def test_unknown_causes_are_not_counted_as_none() -> None:
    assert cause_sentence(CauseCount(Defect.BLUR, 10, 0, 0)) == (
        "Blurred frames do not tell their focal length, so not whether the shutter was too slow."
    )
    assert cause_sentence(CauseCount(Defect.UNDER, 4, 0, 0)).startswith("Dark frames do not tell")


def test_a_summary() -> None:
    found = summary_sentence(16, PerDefect(10, 0, 7), 14, 1)
    assert found == "16 flagged (Blur 10, Over 7), 14 with hints only, 1 unreadable."
    assert summary_sentence(0, PerDefect(0, 0, 0), 2, 0) == "2 with hints only."
    assert summary_sentence(0, PerDefect(0, 0, 0), 0, 0) == ""


def test_a_notice_asks_and_hides(qtbot: QtBot) -> None:
    notice = PanelNotice()
    qtbot.addWidget(notice)
    notice.say("series-3", "Night?", "Yes", "No")
    assert (notice.key, notice.text) == ("series-3", "Night?")
    with qtbot.waitSignal(notice.accepted) as caught:
        notice.answer(yes=True)
    assert caught.args == ["series-3"]
    with qtbot.waitSignal(notice.declined):
        notice.answer(yes=False)
    notice.say("", "")
    assert notice.text == notice.key == ""
    assert notice.isHidden()
