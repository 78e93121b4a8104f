"""Measures a scan of 24-megapixel JPEGs beside its floors and beside other programs, in one run.

Run as a script: ``python tests/benchmarks/bench_floor.py [--photos 200] [--rounds 10] [--only WAY...]
[--model FOLDER]``. Where the machine's speed changes by the second, more rounds of fewer ways say more.
All ways take turns on parts of the same photos, so what else the machine does meets them alike. Prints
medians per photo, by the clock and by the processor (every thread and child counted). How fast one way is in
units of another is printed three times over: by those medians, by the sums of all rounds, and as the median
of the ratios within the rounds, with the least and the greatest. In a quiet run the three agree.

The floor of a scan is what no program that decodes with libjpeg and runs this network can do without: the
bare reduced decode and the bare network, one thread per core. The scan as it ships also asks the network for
tiles; the floor of both networks has that in it, too.
"""

# ruff: noqa: T201

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from PIL import Image  # noqa: E402

from app.photo_work import load_thumbnail  # noqa: E402
from app.scan_run import scan_photos  # noqa: E402
from editor.core.thumbnail_cache import ThumbnailCache  # noqa: E402
from quality.core.inference import QualityModel, TileModel  # noqa: E402
from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS  # noqa: E402
from quality.core.score_cache import ScoreCache  # noqa: E402
from quality.core.scorer import Scorer  # noqa: E402
from tests.benchmarks.bench_scan import choose_model, write_photos  # noqa: E402

Way: TypeAlias = Callable[[list[Path]], None]
Cost: TypeAlias = tuple[float, float]

CORES = 2
DISTINCT = 20
REDUCTION = 4
PAIRS = (
    ("scan", "floor"),
    ("scan with tiles", "floor"),
    ("scan with tiles", "floor of both networks"),
    ("scan", "opencv script"),
    ("thumbnails", "bare decode"),
    ("thumbnails", "vipsthumbnail"),
)
OPENCV_SCRIPT = """
import sys, cv2
from concurrent.futures import ProcessPoolExecutor

def measure(name):
    image = cv2.imread(name)
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    histogram = cv2.calcHist([gray], [0], None, [256], [0, 256])
    return cv2.Laplacian(gray, cv2.CV_64F).var(), histogram

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        print(len(list(pool.map(measure, sys.argv[1:], chunksize=2))))
"""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=200, help="how many photos; default: 200")
    parser.add_argument("--rounds", type=int, default=10, help="in how many parts; default: 10")
    parser.add_argument("--only", nargs="+", metavar="WAY", help="these ways alone, such as floor and scan")
    parser.add_argument("--model", help="folder of the model, or tiny; default: the one that ships")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as closing_at_end:
        folder = Path(name)
        photos = write_distinct(folder / "photos", CORES + options.photos)
        ways = choose_ways(choose_model(options.model, folder / "model"), folder, closing_at_end)
        chosen = {name: way for name, way in ways.items() if options.only is None or name in options.only}
        report(take_turns(chosen, photos, max(1, options.rounds)))


def write_distinct(folder: Path, count: int) -> list[Path]:
    """Photos with contents of their own: a few pictures, each copy with another comment in its header."""
    folder.mkdir()
    pictures = [path.read_bytes() for path in write_photos(folder, min(count, DISTINCT))]
    photos = [folder / f"IMG_{number:04}.jpg" for number in range(count)]
    for number, photo in enumerate(photos):
        picture = pictures[number % len(pictures)]
        comment = f"{number:08}".encode()
        marker = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        photo.write_bytes(picture[:2] + marker + picture[2:])
    return photos


def choose_ways(model: QualityModel, folder: Path, closing_at_end: ExitStack) -> dict[str, Way]:
    """What is compared, by name; libvips only where its program is installed.

    Every scan has one cache for all rounds, as it has one for a whole shoot, and knows no photo in it.
    """
    turn = iter(range(10_000))

    def scan(scorer: Scorer, photos: list[Path]) -> None:
        faults = [row for row in scan_photos(photos, scorer.score, CORES) if row.error]
        if faults:
            raise SystemExit(f"{faults[0].path}: {faults[0].error}")

    def thumbnails(photos: list[Path]) -> None:
        kept = ThumbnailCache(folder / f"thumbnails-{next(turn)}")
        share(lambda photo: load_thumbnail(photo, kept), photos)

    def scorer(judge: QualityModel) -> Scorer:
        return Scorer(
            judge, closing_at_end.enter_context(closing(ScoreCache(folder / f"{next(turn)}.sqlite")))
        )

    alone = model
    if model.sharpness is not None:
        alone = QualityModel(replace(model.contract, sharpness=None), model.path)
    plain, whole = scorer(alone), scorer(model)
    script = folder / "opencv_script.py"
    script.write_text(OPENCV_SCRIPT, encoding="utf-8")
    ways = floors(model)
    ways |= {
        "scan": lambda photos: scan(plain, photos),
        "opencv script": lambda photos: run([sys.executable, str(script)], photos),
        "thumbnails": thumbnails,
    }
    if model.sharpness is not None:
        ways["scan with tiles"] = lambda photos: scan(whole, photos)
    if shutil.which("vipsthumbnail"):
        ways["vipsthumbnail"] = lambda photos: run_halves(
            ["vipsthumbnail", "--size", "512", "--output", f"{folder}/%s.jpg[Q=90]"], photos
        )
    return ways


def floors(model: QualityModel) -> dict[str, Way]:
    """The bare decode, the bare network, both, and with the network for tiles where there is one."""
    gray = np.full((1, INPUT_ROWS, INPUT_COLUMNS, 3), 118, np.float32)

    def both(photo: Path) -> None:
        bare_decode(photo)
        model.run(gray)

    ways: dict[str, Way] = {
        "bare decode": lambda photos: share(bare_decode, photos),
        "bare network": lambda photos: share(lambda _: model.run(gray), photos),
        "floor": lambda photos: share(both, photos),
    }
    tiles = model.sharpness
    if tiles is not None:
        gray_tiles = some_tiles(tiles)

        def everything(photo: Path) -> None:
            both(photo)
            tiles.run(gray_tiles)

        ways["floor of both networks"] = lambda photos: share(everything, photos)
    return ways


def some_tiles(network: TileModel) -> NDArray[np.float32]:
    """As many tiles as a photo has at most."""
    side = network.contract.side
    return np.full((network.contract.count, side, side, 3), 118, np.float32)


def bare_decode(photo: Path) -> None:
    """The reduced decode alone, as Pillow gives it."""
    with Image.open(photo) as image:
        image.draft(None, (image.width // REDUCTION, image.height // REDUCTION))
        image.load()


def share(work: Callable[[Path], object], photos: Sequence[Path]) -> None:
    """Does something with each photo, on as many threads as cores."""
    waiting = iter(photos)
    lock = threading.Lock()

    def serve() -> None:
        while True:
            with lock:
                photo = next(waiting, None)
            if photo is None:
                return
            work(photo)

    threads = [threading.Thread(target=serve) for _ in range(CORES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(command: Sequence[str], photos: Sequence[Path]) -> None:
    """Runs a program on photos."""
    subprocess.run([*command, *map(str, photos)], check=True, stdout=subprocess.DEVNULL)


def run_halves(command: Sequence[str], photos: Sequence[Path]) -> None:
    """Runs a program that uses one core as often as there are cores, on a share of the photos each."""
    threads = [
        threading.Thread(target=run, args=(command, photos[first::CORES]))
        for first in range(min(CORES, len(photos)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def take_turns(ways: dict[str, Way], photos: list[Path], rounds: int) -> dict[str, list[Cost]]:
    """Milliseconds per photo of every way and round, by the clock and by the processor.

    The first photos, one per core, only warm up and are in no round.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for way in ways.values():
        way(photos[:CORES])
    for turn in range(rounds):
        part = photos[CORES + turn :: rounds]
        for name, way in ways.items():
            wall, cpu = time.perf_counter(), processor_seconds()
            way(part)
            wall, cpu = time.perf_counter() - wall, processor_seconds() - cpu
            costs[name].append((wall / len(part) * 1000, cpu / len(part) * 1000))
    return costs


def processor_seconds() -> float:
    """What all threads and all ended children have used so far."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def report(costs: dict[str, list[Cost]]) -> None:
    """Prints medians and ratios."""
    rounds = max(map(len, costs.values()))
    print(f"{f'median of {rounds} rounds, per photo':36} {'clock':>9} {'processor':>10}")
    for name, found in costs.items():
        wall, cpu = (statistics.median(side) for side in zip(*found, strict=True))
        print(f"{name:36} {wall:6.1f} ms {cpu:7.1f} ms")
    for own, other in PAIRS:
        if own in costs and other in costs:
            for side, unit in enumerate(("clock", "processor")):
                ours, theirs = ([cost[side] for cost in costs[name]] for name in (own, other))
                print(f"speed of {own} over {other}, by the {unit}: {spell(ours, theirs)}")


def spell(ours: list[float], theirs: list[float]) -> str:
    """How fast one way is in units of another, from the cost per photo of each in every round."""
    within = sorted(their / our for our, their in zip(ours, theirs, strict=True))
    medians, sums = statistics.median(theirs) / statistics.median(ours), sum(theirs) / sum(ours)
    return (
        f"{medians:.0%} by the medians, {sums:.0%} by the sums, "
        f"{statistics.median(within):.0%} within the rounds ({within[0]:.0%} to {within[-1]:.0%})"
    )


if __name__ == "__main__":
    main()
