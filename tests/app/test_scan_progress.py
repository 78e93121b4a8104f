"""A terminal sees one rewritten line, anything else one line at the end."""

import io
from collections.abc import Callable

import pytest

from app.scan_progress import ScanProgress, spell_seconds


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def ticking(step: float) -> Callable[[], float]:
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += step
        return now

    return clock


def run(stream: io.StringIO, total: int, step: float) -> str:
    progress = ScanProgress(stream, total, ticking(step))
    for _ in range(total):
        progress.step()
    progress.finish()
    return stream.getvalue()


def test_a_file_gets_one_line() -> None:
    assert run(io.StringIO(), 4, 0.5) == "4 of 4 photos in 2.5 s, 1.6/s\n"


def test_a_terminal_gets_one_rewritten_line() -> None:
    text = run(Terminal(), 3, 20.0)
    assert text.count("\n") == 1
    parts = text.split("\r")
    assert parts[1] == "1 of 3 photos, 0.1/s, 40 s left"
    assert parts[3].startswith("3 of 3 photos, 0.1/s, 0 s left")
    assert parts[4].rstrip() == "3 of 3 photos in 1 min 20 s, 0.0/s"


def test_a_shorter_line_wipes_a_longer_one() -> None:
    stream = Terminal()
    progress = ScanProgress(stream, 1000, ticking(20.0))
    progress.step()
    progress.finish("stopped")
    first, last = stream.getvalue().strip("\r\n").split("\r")
    assert len(last) >= len(first)
    assert last.strip() == "stopped"


def test_the_line_is_not_rewritten_for_every_photo() -> None:
    assert run(Terminal(), 1000, 0.001).count("\r") < 20


def test_no_photos() -> None:
    assert run(io.StringIO(), 0, 1.0) == "0 of 0 photos in 1.0 s, 0.0/s\n"


def test_a_closed_terminal_ends_nothing() -> None:
    class Closed(Terminal):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    assert run(Closed(), 3, 1.0) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (3900, "1 h 5 min")],
)
def test_lengths_of_time(seconds: float, text: str) -> None:
    assert spell_seconds(seconds) == text
