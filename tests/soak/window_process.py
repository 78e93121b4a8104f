"""A window that is used at random until it is killed or its time is up; says what it has confirmed.

Run as ``python window_process.py SEED SECONDS SHOOT SHOOT``; caches, settings and data lie where the
environment says. Lines on standard output, JSON: ``{"step": NUMBER}`` before each step; after it, once
nothing is unsaved, ``{"kept": FOLDER, "photos": {NAME: [MARKS, RECIPE]}}``; and now and then
``{"size": [MIB, THREADS, FILES]}``.
"""

import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Slot
from PySide6.QtWidgets import QApplication

from app.garbage_collection import GarbageCollection
from app.main_window import MainWindow
from app.settings import Settings
from app.shoot import Shoot
from app.user_folders import cache_folder, config_folder
from editor.core.exposure import Exposure
from editor.core.recipe import NEUTRAL
from editor.core.recipe_json import recipe_to_json
from editor.core.tone import Tone

MARKS = ("pick", "reject", "clear_flag", *(f"stars_{stars}" for stars in range(6)), "label_red", "label_blue")
VIEWS = ("grid", "loupe", "compare", "grid", "show_all", "light", "panel", "next_undecided", "pause", "again")
STEPS_BETWEEN_SIZES = 25
LONGEST_WAIT_S = 600.0
PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20


class Loaded(QObject):
    """Knows whether everything that is stored of the open shoot is on show."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.all = True
        window.session.folder_opened.connect(self._begin)
        window.editing.keeping.loaded.connect(self._end)

    def expect(self) -> None:
        """A folder is about to be opened: what is on show until then is the shoot before."""
        self.all = False

    @Slot(object)
    def _begin(self, shoot: Shoot) -> None:
        self.all = not len(shoot)

    @Slot(list)
    def _end(self, _found: object) -> None:
        self.all = True


class Culler:
    """Does one random step after the other."""

    def __init__(self, window: MainWindow, loaded: Loaded, shoots: list[Path], seed: int) -> None:
        self._window, self._loaded, self._shoots = window, loaded, shoots
        self._dice = random.Random(seed)  # noqa: S311
        self._steps: tuple[tuple[Callable[[], None], int], ...] = (
            (self._go, 6),
            (self._mark, 8),
            (self._edit, 4),
            (self._look, 4),
            (self._back, 2),
            (self._open, 1),
        )

    def step(self) -> None:
        """Does one step."""
        works, weights = zip(*self._steps, strict=True)
        self._dice.choices(works, weights)[0]()

    def open_first(self) -> None:
        """Opens a shoot."""
        self._open()

    def _go(self) -> None:
        count = self._window.shown.rowCount()
        if count:
            self._window.grid.setCurrentIndex(self._window.shown.index(self._dice.randrange(count), 0))

    def _mark(self) -> None:
        self._trigger(self._dice.choice(MARKS))

    def _edit(self) -> None:
        photos = self._window.photos.shoot.photos
        if photos:
            tone = Exposure(round(self._dice.uniform(-2, 2), 2)), Tone(shadows=self._dice.randrange(-50, 50))
            recipe = self._dice.choice([NEUTRAL, NEUTRAL.with_(*tone)])
            self._window.editing.recipes.give({self._dice.choice(photos): recipe}, "soak")

    def _look(self) -> None:
        self._trigger(self._dice.choice(VIEWS))

    def _back(self) -> None:
        self._trigger(self._dice.choice(["undo", "redo"]))

    def _open(self) -> None:
        self._loaded.expect()
        self._window.open_path(self._dice.choice(self._shoots))

    def _trigger(self, name: str) -> None:
        action = self._window.actions_by_id[name]
        if action.isEnabled():
            action.trigger()


def say(**what: object) -> None:
    """Writes one line, whole."""
    os.write(1, json.dumps(what).encode() + b"\n")


def settle(window: MainWindow, loaded: Loaded) -> None:
    """Lets the window work until marks are loaded and nothing is unsaved."""
    end = time.monotonic() + LONGEST_WAIT_S
    service, recipes = window.keeping.service, window.editing.keeping
    while True:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if loaded.all and not service.unsaved and not recipes.unsaved:
            return
        if time.monotonic() > end:
            raise SystemExit(f"not saved after {LONGEST_WAIT_S:.0f} s: {service.problem or recipes.problem}")
        time.sleep(0.002)


def say_kept(window: MainWindow) -> None:
    """Says what every photo of the open shoot holds."""
    shoot = window.photos.shoot
    photos = {
        path.name: [str(shoot.marks.marks(row)), recipe_to_json(shoot.recipes.recipe(row))]
        for row, path in enumerate(shoot.photos)
    }
    say(kept=str(shoot.folder), photos=photos)


def say_size() -> None:
    """Says how much memory, how many threads and how many open files the process has."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    threads, files = (len(os.listdir(f"/proc/self/{kind}")) for kind in ("task", "fd"))  # noqa: PTH208
    say(size=[round(pages * PAGE_MIB, 1), threads, files])


def main() -> None:
    """Uses the window."""
    seed, seconds = int(sys.argv[1]), float(sys.argv[2])
    application = QApplication(sys.argv[:1])
    GarbageCollection(application)
    window = MainWindow(Settings(config_folder() / "framesift.ini"), cache_folder())
    window.resize(1280, 832)
    window.show()
    loaded = Loaded(window)
    culler = Culler(window, loaded, [Path(name) for name in sys.argv[3:]], seed)
    culler.open_first()
    settle(window, loaded)
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        say(step=number)
        culler.step()
        settle(window, loaded)
        say_kept(window)
        if number % STEPS_BETWEEN_SIZES == 0:
            say_size()
        number += 1
    say_size()
    window.close()


if __name__ == "__main__":
    main()
