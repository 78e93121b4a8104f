"""The scoring service: batches in the GUI thread, nothing late, faults in words."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from editor.core.errors import PhotoUnreadableError
from editor.core.photo import PhotoIdentity
from quality.core.labels import PerDefect
from quality.core.scorer import PhotoScore
from quality.panel.scoring_service import ScoringService, ShowThumbnail

WAIT_MS = 30_000
SCORE = PhotoScore(PhotoIdentity(1, "a"), 6, 4, PerDefect(0.1, 0.2, 0.3))


class Judge:
    """Judges by the name of the photo; can be held back."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.threads: set[int] = set()
        self.begun: list[str] = []

    def __call__(self, path: Path, show: ShowThumbnail) -> PhotoScore:
        self.threads.add(threading.get_ident())
        self.begun.append(path.name)
        self.gate.wait(180)
        show(QImage(4, 4, QImage.Format.Format_RGB32))
        if path.name == "broken":
            raise PhotoUnreadableError(path, "It is damaged.")
        if path.name == "fault":
            raise ZeroDivisionError
        return SCORE


class Log(QObject):
    """Notes what came and on which thread."""

    def __init__(self, service: ScoringService) -> None:
        super().__init__()
        self.scores: list[str] = []
        self.thumbnails: list[str] = []
        self.failures: dict[str, str] = {}
        self.threads: set[QThread] = set()
        service.scores_arrived.connect(self.note_scores)
        service.thumbnails_arrived.connect(self.note_thumbnails)
        service.photos_failed.connect(self.note_failures)

    @Slot(list)
    def note_scores(self, found: list[tuple[Path, PhotoScore]]) -> None:
        self.threads.add(QThread.currentThread())
        self.scores += [path.name for path, _ in found]

    @Slot(list)
    def note_thumbnails(self, found: list[tuple[Path, QImage]]) -> None:
        self.threads.add(QThread.currentThread())
        self.thumbnails += [path.name for path, _ in found]

    @Slot(list)
    def note_failures(self, found: list[tuple[Path, str]]) -> None:
        self.failures |= {path.name: reason for path, reason in found}


@pytest.fixture
def judge() -> Judge:
    return Judge()


@pytest.fixture
def service(judge: Judge) -> Iterator[ScoringService]:
    made = ScoringService(judge, workers=2)
    yield made
    judge.gate.set()
    made.close()


def paths(*names: str) -> list[Path]:
    return [Path(name) for name in names]


def test_answers_come_in_the_gui_thread(qtbot: QtBot, service: ScoringService, judge: Judge) -> None:
    log = Log(service)
    service.begin(Path(f"{number}") for number in range(200))
    qtbot.waitUntil(lambda: len(log.scores) == 200 and len(log.thumbnails) == 200, timeout=WAIT_MS)
    assert sorted(log.scores, key=int) == [str(number) for number in range(200)]
    assert log.threads == {service.thread()}
    assert threading.get_ident() not in judge.threads


def test_faults_come_in_words_and_stop_nobody(
    qtbot: QtBot, service: ScoringService, caplog: pytest.LogCaptureFixture
) -> None:
    log = Log(service)
    service.begin(paths("a", "broken", "fault", "b"))
    qtbot.waitUntil(lambda: len(log.scores) == 2 and len(log.failures) == 2, timeout=WAIT_MS)
    assert log.failures["broken"] == "It is damaged."
    assert "fault in the program" in log.failures["fault"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_nothing_late_arrives(qtbot: QtBot, service: ScoringService, judge: Judge) -> None:
    log = Log(service)
    judge.gate.clear()
    service.begin(paths("old1", "old2", "old3"))
    qtbot.waitUntil(lambda: bool(judge.threads), timeout=WAIT_MS)
    service.begin(paths("new"))
    judge.gate.set()
    qtbot.waitUntil(lambda: log.scores == ["new"] and log.thumbnails == ["new"], timeout=WAIT_MS)
    assert service.pending == 0


def test_preferred_photos_come_first(qtbot: QtBot, service: ScoringService, judge: Judge) -> None:
    log = Log(service)
    service.pause()
    service.begin(Path(f"{number}") for number in range(50))
    service.prefer(paths("40", "41"), priority=0)
    judge.gate.clear()
    service.resume()
    qtbot.waitUntil(lambda: len(judge.begun) == 2, timeout=WAIT_MS)
    assert set(judge.begun) == {"40", "41"}
    judge.gate.set()
    qtbot.waitUntil(lambda: len(log.scores) == 50, timeout=WAIT_MS)


def test_cancel_drops_what_waits(service: ScoringService, judge: Judge) -> None:
    judge.gate.clear()
    service.begin(paths("a", "b", "c", "d", "e"))
    service.cancel()
    assert service.pending <= 2
