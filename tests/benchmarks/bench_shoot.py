"""A large shoot against the budgets: opening, opening again, keys to paint while a scan runs, memory.

Run by `make bench`. Writes photos, caches and settings into a temporary folder only. The thousands of photos
are small JPEGs, each a file of its own: what is measured is the program's work per photo, not the decoder's.
The photos for the loupe have 24 megapixels.
"""

# ruff: noqa: T201

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.garbage_collection import GarbageCollection
from app.main_window import MainWindow
from app.painting_threads import paint_in_one_thread
from app.settings import Settings
from app.shoot_keeper import ShootKeeper
from editor.core.identity_cache import IdentityCache
from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.metadata import PhotoMetadata
from editor.core.photo import read_identity
from editor.core.thumbnail_cache import ThumbnailCache
from quality.core.blur_evidence import TileEvidence
from quality.core.inference import QualityModel, model_folder, open_model
from quality.core.labels import PerDefect
from quality.core.light_measure import LightMeasure
from quality.core.score_cache import CachedScore, ScoreCache

SECONDS = 300.0
LARGE = 14
KEYS = 60


class Paints(QObject):
    """Notes when a widget was painted last."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.last = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Sees paint events and stops none."""
        if event.type() == QEvent.Type.Paint:
            self.last = time.perf_counter()
        return False


def draw_small(folder: Path, count: int) -> None:
    """Small photos that differ in a comment only, so that each has an identity of its own."""
    folder.mkdir()
    grain = np.random.default_rng(3).integers(30, 220, (320, 480, 3), dtype=np.uint8)
    file = folder / "base"
    Image.fromarray(grain).resize((96, 64)).resize((480, 320)).save(file, "JPEG", quality=88)
    base = file.read_bytes()
    file.unlink()
    for number in range(count):
        comment = f"{number:08}".encode()
        marker = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        (folder / f"IMG_{number:05}.jpg").write_bytes(base[:2] + marker + base[2:])


def draw_large(folder: Path, count: int) -> None:
    """Photos of 24 megapixels with structure at every scale."""
    folder.mkdir()
    grain = np.random.default_rng(5).integers(0, 256, (500, 750, 3), dtype=np.uint8)
    picture = Image.fromarray(grain).resize((6000, 4000), Image.Resampling.BICUBIC)
    for number in range(count):
        picture.transpose(Image.Transpose(number % 2)).save(
            folder / f"DSC_{number:03}.jpg", quality=90 - number
        )


def fill_caches(folder: Path, cache: Path, model: QualityModel) -> None:
    """Writes scores, with all that comes with them, and thumbnails as a finished scan leaves them."""
    draw, scores = np.random.default_rng(1), ScoreCache(cache / "scores.sqlite")
    thumbnails = ThumbnailCache(cache / "thumbnails")
    identities = IdentityCache(cache / "identities.sqlite")
    small = draw.integers(0, 256, (320, 480, 3), dtype=np.uint8)
    for number, path in enumerate(sorted(folder.glob("*.jpg"))):
        identity = read_identity(path)
        identities.note(path, identity, path.stat())
        logits = PerDefect[float](*(float(value) for value in draw.normal(-4, 2, 3)))
        light = LightMeasure(0.01, float(draw.random()), 0.9, 0.0, 0.0)
        sharpest, lower, middle = (float(value) for value in draw.normal(-4, 2, 3))
        tiles = TileEvidence(3, sharpest, lower, middle, coarseness=0.3)
        scores.save(identity, model.key, CachedScore(logits, 480, 320, light, taken(number), tiles))
        thumbnails.save(identity, small)
    scores.close()
    identities.close()


def taken(number: int) -> PhotoMetadata:
    """What a camera writes."""
    moment = datetime(2026, 5, 2, 12, 0) + timedelta(seconds=3 * number)
    return PhotoMetadata(moment, "Canon EOS R6", "0815", "RF50mm F1.8", 1 / (60 + number % 9), 2.8, 400, 50.0)


def fill_store(folder: Path, data: Path) -> None:
    """Marks every third photo, as a photographer who has gone through the shoot."""
    photos = sorted(folder.glob("*.jpg"))
    keeper = ShootKeeper(folder, photos, data)
    marks = (Marks(flag=Flag.PICK, rating=3), Marks(flag=Flag.REJECT))
    given = Provenance.now(Decider.USER, badge_seen=True)
    keeper.keep({path: RecordedMarks(marks[place % 2], given) for place, path in enumerate(photos[::3])})
    keeper.save()
    keeper.close()


class Bench:
    """One window on one folder."""

    def __init__(self, application: QApplication, place: Path, cache: str) -> None:
        self.application = application
        self.heartbeat = QTimer(interval=20)
        self.heartbeat.start()
        self.window = MainWindow(Settings(place / f"{cache}.ini"), place / cache)
        self.window.resize(1280, 832)
        self.window.show()
        self.until(lambda: self.window.display.model_answered)

    def until(self, reached: Callable[[], bool]) -> float:
        """Runs the event loop until something is reached; seconds it took.

        It waits for events as the program does: to ask all the time would take the threads' time.
        """
        began = time.perf_counter()
        while not reached():
            if time.perf_counter() - began > SECONDS:
                raise TimeoutError(f"not reached within {SECONDS:.0f} s")
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return time.perf_counter() - began

    def open(self, folder: Path, count: int) -> tuple[float, float, float]:
        """Seconds until all names, the first thumbnail and the first badge are on screen."""
        window, shoot = self.window, self.window.photos
        began = time.perf_counter()
        window.open_path(folder)
        self.until(lambda: len(shoot.shoot) == count)
        names = time.perf_counter() - began
        visible = window.grid.visible_rows
        self.until(lambda: any(window.shown.path(place) in window.thumbnails for place in visible()))
        thumbnail = time.perf_counter() - began
        self.until(lambda: any(shoot.shoot.is_judged(place) for place in visible()))
        return names, thumbnail, time.perf_counter() - began

    def keys(self, widget: QWidget, painted: QWidget, keys: list[Qt.Key]) -> list[float]:
        """Milliseconds from each key to the end of the paint that follows it."""
        paints, took = Paints(painted), list[float]()
        for key in keys:
            for _ in range(20):  # the scan goes on between two keys
                self.application.processEvents()
                time.sleep(0.002)
            began = time.perf_counter()
            QTest.keyClick(widget, key)
            while paints.last < began:
                self.application.processEvents()
            took.append((time.perf_counter() - began) * 1e3)
        painted.removeEventFilter(paints)
        return took


def spread(values: list[float]) -> str:
    """Median, 95th percentile and longest, in milliseconds."""
    found = np.percentile(values, [50, 95, 100])
    return f"median {found[0]:6.1f} ms   95th percentile {found[1]:6.1f} ms   longest {found[2]:6.1f} ms"


def measure_opening(application: QApplication, place: Path, count: int, model: QualityModel | None) -> None:
    """A new shoot, keys while it is scanned, and the same shoot opened again with all that is known."""
    bench = Bench(application, place, "empty")
    names, thumbnail, badge = bench.open(place / "many", count)
    print(f"open {count} new photos: names {names:.2f} s (budget 1), "
          f"first thumbnail {thumbnail:.2f} s (0.5), first judged {badge:.2f} s (2)")  # fmt: skip
    window = bench.window
    moving = [Qt.Key.Key_P, Qt.Key.Key_Right, Qt.Key.Key_X, Qt.Key.Key_Right] * (KEYS // 4)
    grid = bench.keys(window.grid, window.grid.viewport(), moving)
    print(f"key to paint in the grid while scanning (budget 50 ms at 95 %):   {spread(grid)}")
    window.show_loupe()
    loupe = bench.keys(window.loupe, window.area.photo_line, moving)
    print(f"key to paint in the loupe while scanning (budget 50 ms at 95 %):  {spread(loupe)}")
    scanning = window.session.judging.goes_on
    window.close()
    print(f"the scan was {'still running' if scanning else 'over'} then")
    if model is None:
        return
    fill_caches(place / "many", place / "full", model)
    fill_store(place / "many", place / "data")
    bench = Bench(application, place, "full")
    began = time.perf_counter()
    bench.window.open_path(place / "many")
    bench.until(lambda: len(bench.window.photos.shoot) == count)
    listed = time.perf_counter() - began
    bench.until(lambda: bench.window.settled)
    print(f"open them again: names {listed:.2f} s, all scores, marks and visible thumbnails "
          f"{time.perf_counter() - began:.2f} s (budget 1)")  # fmt: skip
    bench.window.close()


def measure_loupe(application: QApplication, place: Path) -> None:
    """Next photo at 24 megapixels: until the key is seen, and until the sharp picture is there."""
    bench = Bench(application, place, "large")
    window = bench.window
    bench.open(place / "large", LARGE)
    bench.until(lambda: window.settled)
    window.show_loupe()
    bench.until(lambda: window.loupe.shown is not None)
    seen: list[float] = []
    sharp: list[float] = []
    paints = Paints(window.loupe.view)
    for _ in range(LARGE - 4):
        following = window.shown.path(window.grid.currentIndex().row() + 1)
        bench.until(lambda path=following: window.loupe.is_ready(path))  # type: ignore[misc]
        began = time.perf_counter()
        QTest.keyClick(window.loupe, Qt.Key.Key_Right)
        while paints.last < began:
            application.processEvents()
        seen.append((time.perf_counter() - began) * 1e3)
        bench.until(lambda: window.loupe.shown is not None)
        sharp.append((time.perf_counter() - began) * 1e3)
    print(f"next photo in the loupe, 24 megapixels, preloaded: painted  {spread(seen)}")
    print(f"next photo in the loupe, 24 megapixels, preloaded: sharp    {spread(sharp)}")
    window.close()


def resident_mib() -> float:
    """Memory of this process, in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


def measure_memory(application: QApplication, place: Path, folder: Path, count: int) -> None:
    """Memory with a shoot open whose scores are known, after a walk from its first photo to its last."""
    bench = Bench(application, place, "full")
    bench.window.open_path(folder)
    bench.until(lambda: len(bench.window.photos.shoot) == count and bench.window.settled)
    bar = bench.window.grid.verticalScrollBar()
    for step in range(41):
        bar.setValue(bar.maximum() * step // 40)
        bench.until(lambda: bench.window.settled)
    print(f"memory with {count} photos, all walked past: {resident_mib():.0f} MiB")
    bench.window.close()


def main() -> None:
    """Runs all measurements and prints them; those of memory in processes of their own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=5000, help="photos in the large shoot")
    parser.add_argument("--part", choices=("all", "open", "loupe", "memory"), default="all")
    parser.add_argument("--place", type=Path, help="a folder made by an earlier call; for --part memory")
    options = parser.parse_args()
    sys.setswitchinterval(0.001)
    paint_in_one_thread()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    GarbageCollection(application)
    if options.part == "memory":
        measure_memory(application, options.place, options.place / f"few{options.many}", options.many)
        return
    model = open_model(model_folder()) if (model_folder() / "quality.onnx").exists() else None
    with tempfile.TemporaryDirectory(prefix="framesift-bench-") as temporary:
        place = Path(temporary)
        os.environ["FRAMESIFT_DATA"] = str(place / "data")
        if options.part in ("all", "open"):
            draw_small(place / "many", options.many)
            measure_opening(application, place, options.many, model)
        if options.part in ("all", "loupe"):
            draw_large(place / "large", LARGE)
            measure_loupe(application, place)
        if options.part == "all" and model is not None and sys.platform == "linux":
            for count in (options.many // 10, options.many):
                draw_small(place / f"few{count}", count)
                fill_caches(place / f"few{count}", place / "full", model)
                command = [sys.executable, __file__, "--part", "memory", "--many", str(count)]
                subprocess.run([*command, "--place", str(place)], check=True)


if __name__ == "__main__":
    main()
