"""Rate and time left."""

from app.judging_progress import JudgingProgress


def test_nothing_is_said_too_early() -> None:
    progress = JudgingProgress()
    progress.note(0.0, 1)
    progress.note(0.1, 2)
    assert progress.figures(2, 2, 10).rate is None
    assert progress.figures(2, 2, 10).seconds_left is None


def test_rate_and_time_left() -> None:
    progress = JudgingProgress()
    for second in range(4):
        progress.note(float(second), second * 10)
    figures = progress.figures(30, 28, 100)
    assert figures.rate == 10
    assert figures.seconds_left == 7
    assert (figures.settled, figures.judged) == (30, 28), "two cannot be read"


def test_old_times_are_forgotten() -> None:
    progress = JudgingProgress()
    progress.note(0.0, 0)
    for step in range(11):
        progress.note(100 + step, 10 + step * 2)
    assert progress.figures(30, 30, 50).rate == 2


def test_a_restart_forgets_everything_and_standing_still_has_no_rate() -> None:
    progress = JudgingProgress()
    for second in range(5):
        progress.note(float(second), 7)
    assert progress.figures(7, 7, 9).rate is None
    for second in range(5):
        progress.note(float(second), second)
    progress.restart()
    assert progress.figures(4, 4, 9).rate is None
