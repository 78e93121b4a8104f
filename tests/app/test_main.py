"""Starting the program: arguments, the picture without a screen, the log, the last-resort dialog."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.error_dialog import ErrorReporter
from app.log_setup import set_up_logging


@pytest.fixture
def own_log() -> Iterator[None]:
    """Gives the root logger back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables}
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=600, check=False)


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for option, word in (("--help", "FOLDER"), ("--version", "framesift")):
        with pytest.raises(SystemExit) as end:
            main([option])
        assert end.value.code == 0
        assert word in capsys.readouterr().out


def test_a_bad_call_ends_with_2() -> None:
    with pytest.raises(SystemExit) as end:
        main(["--no-such-option"])
    assert end.value.code == 2


def test_a_screenshot_is_taken_when_everything_is_judged(
    shoot_folder: Path, tiny_model_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "shots" / "window.png"
    done = run(str(shoot_folder), "--screenshot", str(file), FRAMESIFT_MODEL=str(tiny_model_folder))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    with Image.open(file) as picture:
        assert picture.width > 700
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 1000


def test_a_screenshot_without_model_and_folder(tmp_path: Path) -> None:
    file = tmp_path / "window.png"
    done = run("--screenshot", str(file), FRAMESIFT_MODEL=str(tmp_path / "nowhere"))
    assert done.returncode == 0, done.stderr
    assert file.is_file()


def test_a_picture_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    done = run("--screenshot", str(tmp_path / "window.nonsense"), FRAMESIFT_MODEL=str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "could not be written" in done.stderr


@pytest.mark.usefixtures("own_log")
def test_the_log_file(tmp_path: Path) -> None:
    set_up_logging(tmp_path / "deep" / "f.log")
    logging.getLogger("test").info("hello %s", "log")
    assert "hello log" in (tmp_path / "deep" / "f.log").read_text(encoding="utf-8")


@pytest.mark.usefixtures("own_log")
def test_no_log_file_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    set_up_logging(tmp_path / "file" / "f.log")


def test_faults_of_all_threads_are_shown_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reporter = ErrorReporter()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    reporter.install()

    def fail() -> None:
        raise RuntimeError("on a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    first = reporter.dialog
    assert first is not None
    qtbot.addWidget(first)
    assert "on a thread" in first.detailedText()
    sys.excepthook(ValueError, ValueError("again"), None)
    qtbot.wait(0)
    assert reporter.dialog is first
    assert [record.levelname for record in caplog.records] == ["CRITICAL", "CRITICAL"]
