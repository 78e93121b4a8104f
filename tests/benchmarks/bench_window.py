"""How responsive the window stays: gaps between event-loop ticks during a scan, and moving a threshold.

Run by `make bench`. Writes photos, a cache and settings into a temporary folder only.
"""

# ruff: noqa: T201

import argparse
import os
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PIL import Image
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.garbage_collection import GarbageCollection
from app.main_window import MainWindow
from app.painting_threads import paint_in_one_thread
from app.settings import Settings
from app.shoot import Shoot
from editor.core.metadata import PhotoMetadata
from editor.core.photo import PhotoIdentity
from quality.core.inference import model_folder
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.light_measure import LightMeasure
from quality.core.scorer import PhotoScore
from quality.core.thresholds import Mode
from quality.panel.near_line import NEAR

TICK_MS = 5
MOVES = 200
STRIDES = (7, 1)
"""By how many hundredths a line moves at each step; it starts over at the end, across the whole shoot."""
THUMBNAIL = QImage(512, 341, QImage.Format.Format_RGB32)
"""As large as thumbnails are; one for all photos."""


class Ticks(QObject):
    """Measures the time between the ticks of a short timer in the window's own event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Starts measuring."""
        self.gaps.clear()
        self._clock.start()
        self._timer.start(TICK_MS)

    def stop(self) -> None:
        """Stops measuring."""
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        self.gaps.append(self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


def draw_shoot(folder: Path, count: int, size: tuple[int, int]) -> None:
    """Draws JPEG photos with structure at every scale; each is a file of its own."""
    generator = np.random.default_rng(7)
    base = generator.integers(0, 256, (size[1] // 8, size[0] // 8, 3), dtype=np.uint8)
    picture = Image.fromarray(base).resize(size, Image.Resampling.BICUBIC)
    for number in range(count):
        picture.rotate(number % 360).save(folder / f"IMG_{number:04}.jpg", quality=88)


def spread(values: list[float]) -> str:
    """Median, 95th percentile and longest, in milliseconds."""
    found = np.percentile(values, [50, 95, 100])
    return f"median {found[0]:6.2f} ms   95th percentile {found[1]:6.2f} ms   longest {found[2]:6.2f} ms"


def measure_scan(application: QApplication, window: MainWindow, folder: Path, count: int) -> list[float]:
    """Opens a shoot and measures the gaps until every photo is judged."""
    ticks = Ticks()
    ticks.start()
    began = time.perf_counter()
    window.open_path(folder)
    scrolled = 0
    while not (len(window.photos.shoot) == count and window.settled):
        application.processEvents()
        if len(ticks.gaps) // 40 > scrolled:  # the user scrolls meanwhile
            scrolled = len(ticks.gaps) // 40
            bar = window.grid.verticalScrollBar()
            bar.setValue((scrolled * 160) % max(1, bar.maximum()))
        time.sleep(0.0002)
    ticks.stop()
    seconds = time.perf_counter() - began
    device = window.session.judging.device
    print(f"scan of {count} photos: {seconds:.1f} s, {count / seconds:.1f}/s, on {device}")
    return ticks.gaps


def draw_score(draw: np.random.Generator, place: int) -> PhotoScore:
    """A score with all that comes with one."""
    taken = datetime(2026, 5, 2, 12, 0) + timedelta(seconds=5 * place)
    seconds = float(draw.choice([1 / 1000, 1 / 60, 0.5]))
    metadata = PhotoMetadata(taken_at=taken, exposure_s=seconds, aperture=2.8, iso=400, focal_mm=50.0)
    light = LightMeasure(0.01, float(draw.random()), 0.9, 0.0, 0.0)
    return PhotoScore(PhotoIdentity(place, "a"), 6000, 4000, PerDefect(*draw.random(3)), light, metadata)


class Paints(QObject):
    """Counts what is painted in the whole program."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application, self.count = application, 0

    def settle(self) -> int:
        """Lets the event loop run once more, and says how many paints that brought."""
        self.count = 0
        self._application.installEventFilter(self)
        self._application.processEvents()
        self._application.removeEventFilter(self)
        return self.count

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Sees paint events and stops none."""
        self.count += event.type() == QEvent.Type.Paint and watched.isWidgetType()
        return False


def open_many(application: QApplication, window: MainWindow, count: int) -> None:
    """Puts a judged shoot into the window; every photo has camera settings, so Auto has its work too."""
    shoot = Shoot(Path("/many"), [Path(f"/many/IMG_{number}.jpg") for number in range(count)])
    draw = np.random.default_rng(1)
    window.thumbnails.set_byte_limit(count * THUMBNAIL.sizeInBytes() * 2)
    window.photos.set_shoot(shoot)
    window.photos.take_scores([(path, draw_score(draw, place)) for place, path in enumerate(shoot.photos)])
    for path in shoot.photos:
        window.thumbnails.put(path, THUMBNAIL)
    window.display.feed.begin()
    window.area.show_grid()
    application.processEvents()


def check_shown(window: MainWindow, defect: Defect) -> None:
    """Makes sure that what is on screen belongs to the line of now: cells, counts and near photos."""
    shown, grid, panel = window.photos, window.grid, window.panel
    stale = [place for place in grid.visible_rows() if grid.delegate.is_stale(window.shown.cell(place))]
    assert not stale, f"cells {stale} show old badges"
    line = panel.thresholds.of(defect)
    place, mode = DEFECTS.index(defect), panel.modes.of(defect)
    found = int((shown.shoot.probabilities[:, place] >= line).sum())
    over = shown.over
    assert over.flagged_by.of(defect) + over.hinted_by.of(defect) == found
    if mode is not Mode.HINT:
        assert panel.row(defect).count_text.startswith(f"{over.flagged_by.of(defect)} flagged")
    assert panel.near.rows == [row for row, _ in panel.column(defect).nearest(line, NEAR)]


def measure_moves(
    application: QApplication, window: MainWindow, stride: int
) -> tuple[list[float], list[float]]:
    """Drags a line over many judged photos: times until all are decided, and until all is painted.

    Each step ends when nothing is left to paint, which is checked outside of the measured time; the near
    photos are brought up to date at every step, too, though the program does that only every 30 ms.
    """
    defect = Defect.UNDER
    row, paints = window.panel.row(defect), Paints(application)
    decided: list[float] = []
    painted: list[float] = []
    for step in range(MOVES):
        began = time.perf_counter()
        row.histogram.setValue((step * stride + step // 100) % 100)
        window.panel.flush()
        decided.append((time.perf_counter() - began) * 1e3)
        window.panel.near.flush()
        application.processEvents()
        painted.append((time.perf_counter() - began) * 1e3)
        left = paints.settle()
        assert not left, f"{left} paints were still to come"
        check_shown(window, defect)
    return decided, painted


def main() -> None:
    """Runs both measurements and prints them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=500, help="photos to scan; 0 only moves the line")
    parser.add_argument("--many", type=int, default=5000, help="photos a threshold moves over")
    parser.add_argument("--size", type=int, nargs=2, default=(1600, 1200), help="width and height of a photo")
    options = parser.parse_args()
    sys.setswitchinterval(0.001)
    paint_in_one_thread()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    GarbageCollection(application)  # as in the program
    with tempfile.TemporaryDirectory(prefix="framesift-bench-") as temporary:
        place = Path(temporary)
        (place / "shoot").mkdir()
        draw_shoot(place / "shoot", options.photos, tuple(options.size))
        window = MainWindow(Settings(place / "settings.ini"), place / "cache")
        window.resize(1280, 832)
        window.show()
        while not window.display.model_answered:
            application.processEvents()
        if not window.session.judging.has_model:
            print(f"no model in {model_folder()}: thumbnails only")
        if options.photos:
            gaps = measure_scan(application, window, place / "shoot", options.photos)
            print(f"gaps between event-loop ticks ({TICK_MS} ms timer): {spread(gaps)}")
        open_many(application, window, options.many)
        for stride in STRIDES:
            decided, painted = measure_moves(application, window, stride)
            moved = f"line moved by 0.{stride:02} over {options.many} photos"
            print(f"{moved}, all decided: {spread(decided)}")
            print(f"{moved}, painted:     {spread(painted)}")
        window.close()


if __name__ == "__main__":
    main()
