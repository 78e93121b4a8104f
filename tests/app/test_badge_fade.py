"""New badges fade in, by the clock they are given."""

from pytestqt.qtbot import QtBot

from app.badge_fade import DURATION_MS, BadgeFade


def test_new_badges_fade_in(qtbot: QtBot) -> None:
    now = 1_000
    fade = BadgeFade(clock=lambda: now)
    with qtbot.waitSignal(fade.stepped) as caught:
        fade.begin([7])
    assert caught.args == [[7]]
    assert (fade.opacity(7), fade.opacity(8)) == (0, 1)
    now += DURATION_MS // 2
    assert fade.opacity(7) == 0.5
    assert fade.running
    now += DURATION_MS
    assert fade.opacity(7) == 1
    qtbot.waitUntil(lambda: not fade.running)


def test_a_fade_by_the_clock_of_the_system_ends(qtbot: QtBot) -> None:
    fade = BadgeFade()
    fade.begin([0, 1])
    qtbot.waitUntil(lambda: not fade.running)
    assert fade.opacity(0) == 1


def test_clearing_ends_every_fade() -> None:
    fade = BadgeFade(clock=lambda: 5)
    fade.begin([0])
    fade.clear()
    assert (fade.running, fade.opacity(0)) == (False, 1)
