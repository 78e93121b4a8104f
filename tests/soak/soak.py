"""Uses, kills and starts the program again for a time, and checks that nothing is lost and nothing grows.

Run as a script: ``python tests/soak/soak.py [--minutes 30] [--seed N]``. A window is opened on two shoots and
used at random (opening, looking, marking, editing, undoing); it is killed at random moments, and what it had
confirmed must then be in the store. Exports are killed and gone on with in the same way. One window in three
lives long, and its memory, threads and open files may not grow. Ends with status 1 and says what was wrong.
"""

import argparse
import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from app.shoot_keeper import ShootKeeper  # noqa: E402
from editor.core.marks import NO_MARKS  # noqa: E402
from editor.core.recipe import NEUTRAL  # noqa: E402
from editor.core.recipe_json import recipe_from_json, recipe_to_json  # noqa: E402

PHOTOS = 24
MOST_MORE_MIB, MOST_MORE_THREADS, MOST_MORE_FILES = 80.0, 4, 8
LONG_LIFE = 3
_NOTHING = [str(NO_MARKS), recipe_to_json(NEUTRAL)]


@dataclass(slots=True)
class Life:
    """What one window said before it ended."""

    kept: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    sizes: list[list[float]] = field(default_factory=list)
    steps: int = 0
    in_flight: bool = False

    def hear(self, line: str) -> None:
        """Takes one line."""
        said = json.loads(line)
        if "step" in said:
            self.steps, self.in_flight = self.steps + 1, True
        elif "kept" in said:
            self.kept[said["kept"]], self.in_flight = said["photos"], False
        else:
            self.sizes.append(said["size"])


def main() -> int:
    """Runs until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="default: 30")
    parser.add_argument("--seed", type=int, default=None, help="repeats a run as far as time allows")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 31) if options.seed is None else options.seed
    end = time.monotonic() + options.minutes * 60
    sys.stdout.write(f"seed {seed}\n")
    with tempfile.TemporaryDirectory(prefix="framesift-soak-") as name:
        faults = soak(Path(name), random.Random(seed), end)  # noqa: S311 (no secret)
    sys.stdout.writelines(f"FAULT {fault}\n" for fault in faults)
    return 1 if faults else 0


def soak(place: Path, dice: random.Random, end: float) -> list[str]:
    """One life after the other; everything they did is checked."""
    shoots = [draw_shoot(place / f"shoot {letter}", letter) for letter in "AB"]
    surroundings = {
        **os.environ,
        **{f"FRAMESIFT_{kind}": str(place / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA")},
        "FRAMESIFT_MODEL": str(tiny_model(place / "model")),
        "QT_QPA_PLATFORM": "offscreen",
        "OPENBLAS_NUM_THREADS": "1",
    }
    confirmed: dict[str, dict[str, list[str]]] = {}
    faults: list[str] = []
    lives = steps = 0
    while time.monotonic() < end and not faults:
        left = end - time.monotonic()
        short = lives % LONG_LIFE != LONG_LIFE - 1
        life = live(shoots, surroundings, dice, min(left, 30.0 if short else left / 2 + 30), kill=short)
        lives, steps = lives + 1, steps + life.steps
        confirmed |= life.kept
        faults += lost(confirmed, place / "data", life.in_flight) + grown(life.sizes)
        confirmed = {folder: stored(Path(folder), place / "data") for folder in confirmed}
        faults += export(shoots[lives % 2], place / "exported", surroundings, dice.uniform(0.5, 8.0))
        first, last = (life.sizes[0], life.sizes[-1]) if life.sizes else ([], [])
        sys.stdout.write(f"life {lives}: {life.steps} steps, size at first {first}, at last {last}\n")
        sys.stdout.flush()
    for shoot in shoots:
        faults += finished(shoot, place / "exported", surroundings)
    sys.stdout.write(f"{lives} lives, {steps} steps, {len(faults)} faults\n")
    return faults


def live(
    shoots: list[Path], surroundings: dict[str, str], dice: random.Random, seconds: float, *, kill: bool
) -> Life:
    """One window, from its start until it is killed or ends by itself."""
    script = Path(__file__).with_name("window_process.py")
    arguments = [str(dice.randrange(1 << 31)), str(seconds), *map(str, shoots)]
    life = Life()
    with subprocess.Popen(
        [sys.executable, str(script), *arguments], stdout=subprocess.PIPE, text=True, env=surroundings
    ) as process:
        assert process.stdout is not None
        timer = threading.Timer(dice.uniform(seconds / 4, seconds), process.kill)
        for line in process.stdout:
            if kill and not life.steps:
                timer.start()
            if line.endswith("\n"):
                life.hear(line)
        timer.cancel()
        status = process.wait()
    if status not in (0, -signal.SIGKILL):
        raise SystemExit(f"the window ended with status {status}")
    return life


def stored(folder: Path, user_folder: Path) -> dict[str, list[str]]:
    """What the store holds of each photo, as the program reads it when it is started again."""
    photos = sorted(folder.glob("*.jpg"))
    keeper = ShootKeeper(folder, photos, user_folder)
    try:
        marks, recipes = keeper.load(), keeper.load_recipes()
    finally:
        keeper.close()
    found = {path.name: list(_NOTHING) for path in photos}
    for path, recorded in marks.items():
        found[path.name][0] = str(recorded.marks)
    for path, kept in recipes.items():
        found[path.name][1] = recipe_to_json(recipe_from_json(kept.text))
    return found


def lost(confirmed: dict[str, dict[str, list[str]]], user_folder: Path, in_flight: bool) -> list[str]:
    """What was confirmed and is not stored; the step under way may have changed one photo."""
    other = [
        f"{folder}/{name}: {kept} was confirmed, {found[name]} is stored"
        for folder, photos in confirmed.items()
        for found in [stored(Path(folder), user_folder)]
        for name, kept in photos.items()
        if found[name] != kept
    ]
    return other if len(other) > int(in_flight) else []


def grown(sizes: list[list[float]]) -> list[str]:
    """What grew between the first third of a life, when everything has been used once, and its end."""
    if len(sizes) < 6:
        return []
    before, after = sizes[len(sizes) // 3], sizes[-1]
    limits = (MOST_MORE_MIB, MOST_MORE_THREADS, MOST_MORE_FILES)
    names = ("MiB of memory", "threads", "open files")
    return [
        f"{name} grew from {first} to {last}"
        for name, first, last, most in zip(names, before, after, limits, strict=True)
        if last - first > most
    ]


def export(shoot: Path, target: Path, surroundings: dict[str, str], seconds: float) -> list[str]:
    """An export that is killed at some moment."""
    with subprocess.Popen(
        export_command(shoot, target), env=surroundings, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return []


def finished(shoot: Path, target: Path, surroundings: dict[str, str]) -> list[str]:
    """Exports to the end: every photo once, whole, and nothing else."""
    ended = subprocess.run(
        export_command(shoot, target), env=surroundings, capture_output=True, text=True, check=False
    )
    place = target / shoot.name
    faults = [] if ended.returncode == 0 else [f"export ended with {ended.returncode}: {ended.stderr[-300:]}"]
    faults += [f"{path} was left behind" for path in place.rglob("*.part")]
    for path in sorted(place.glob("*.jpg")):
        with Image.open(path) as image:
            image.load()
    names = {path.stem for path in place.glob("*.jpg")}
    missing = [path.name for path in shoot.glob("*.jpg") if path.stem not in names]
    return faults + [f"{name} of {shoot.name} was not exported" for name in missing]


def export_command(shoot: Path, target: Path) -> list[str]:
    """How a shoot is exported."""
    return [sys.executable, "-m", "app", "export", str(shoot), "--to", str(target / shoot.name), "--all"]


def draw_shoot(folder: Path, letter: str) -> Path:
    """Photos of noise, each another."""
    folder.mkdir()
    for number in range(PHOTOS):
        draws = np.random.default_rng([ord(letter), number])
        grain = draws.integers(20, 200, (480, 640, 3), np.uint8)
        Image.fromarray(grain).save(folder / f"{letter}_{number:03}.jpg", quality=85)
    return folder


def tiny_model(folder: Path) -> Path:
    """A model that costs next to nothing."""
    spec = importlib.util.spec_from_file_location("tiny_model", ROOT / "tests" / "tiny_model.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tests/tiny_model.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written: Path = module.write_model(folder)
    return written


if __name__ == "__main__":
    sys.exit(main())
