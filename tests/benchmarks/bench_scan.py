"""Measures a scan of 24-megapixel JPEGs: photos a second with and without tiles, and what takes the time.

Run as a script: ``python tests/benchmarks/bench_scan.py [--photos 24] [--model FOLDER]``. Prints one JSON
object. Without a trained model (or with ``--model tiny``) the tiny test network stands in.
"""

import argparse
import importlib.util
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import skimage.data  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from PIL import Image  # noqa: E402

from app.scan_run import scan_photos  # noqa: E402
from editor.core.color import to_srgb8  # noqa: E402
from editor.core.decode import decode  # noqa: E402
from quality.core.errors import QualityError  # noqa: E402
from quality.core.inference import QualityModel, open_model  # noqa: E402
from quality.core.labels import PerDefect  # noqa: E402
from quality.core.preprocess import DECODE_AT_LEAST, to_model_input  # noqa: E402
from quality.core.score_cache import ScoreCache  # noqa: E402
from quality.core.scorer import Scorer  # noqa: E402
from quality.core.sharpness import judge_tiles  # noqa: E402
from quality.core.thresholds import default_modes  # noqa: E402
from quality.core.verdict import decide  # noqa: E402

WIDTH, HEIGHT = 6000, 4000
DECISIONS = 5000


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=24, help="how many photos; default: 24")
    parser.add_argument("--model", help="folder of the model, or tiny; default: the one that ships")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = choose_model(options.model, folder / "model")
        photos = write_photos(folder, options.photos)
        measured = measure(model, photos, folder / "scores.sqlite")
    found = {"name": "scan", "model": model.contract.name, "device": model.device} | measured
    sys.stdout.write(json.dumps(found) + "\n")


def choose_model(named: str | None, spare: Path) -> QualityModel:
    """The model to measure with; the tiny one where none is trained yet."""
    if named != "tiny":
        try:
            return open_model(Path(named) if named else None)
        except QualityError as error:
            sys.stderr.write(f"the tiny network stands in: {error}\n")
    spec = importlib.util.spec_from_file_location("tiny_model", ROOT / "tests" / "tiny_model.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tests/tiny_model.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return open_model(module.write_model(spare))


def write_photos(folder: Path, count: int) -> list[Path]:
    """Photos of 24 megapixels: a real photograph side by side, each shifted differently."""
    tile = skimage.data.astronaut()
    repeats = (-(-HEIGHT // tile.shape[0]), -(-WIDTH // tile.shape[1]), 1)
    canvas = np.tile(tile, repeats)[:HEIGHT, :WIDTH]
    photos = [folder / f"{number}.jpg" for number in range(count)]
    for number, photo in enumerate(photos):
        Image.fromarray(np.roll(canvas, number * 7, axis=1)).save(photo, quality=92)
    return photos


def measure(model: QualityModel, photos: list[Path], cache_path: Path) -> dict[str, Any]:
    """Times of one photo on one thread, and of whole scans with all workers."""
    workers = os.cpu_count() or 1
    srgb8 = to_srgb8(decode(photos[0], DECODE_AT_LEAST))
    batch = to_model_input(srgb8)[np.newaxis]
    half, modes = PerDefect(0.5, 0.5, 0.5), default_modes()
    model.run(batch)
    with closing(ScoreCache(cache_path)) as cache:
        scorer = Scorer(model, cache)
        first, again = (seconds(lambda: list(scan_photos(photos, scorer.score, workers))) for _ in range(2))
    network_ms = best_ms(lambda: model.run(batch))
    return {
        "photos": len(photos),
        "workers": workers,
        "decode_ms": best_ms(lambda: to_srgb8(decode(photos[0], DECODE_AT_LEAST))),
        "preprocess_ms": best_ms(lambda: to_model_input(srgb8)),
        "network_ms": network_ms,
        "scan_ms_per_photo": round(first / len(photos) * 1000, 1),
        "photos_per_second": round(len(photos) / first, 1),
        "known_photos_per_second": round(len(photos) / again, 1),
        f"decide_{DECISIONS}_ms": best_ms(lambda: [decide(half, half, modes) for _ in range(DECISIONS)]),
    } | measure_tiles(model, photos, srgb8, network_ms, workers)


def measure_tiles(
    model: QualityModel, photos: list[Path], srgb8: NDArray[np.uint8], network_ms: float, workers: int
) -> dict[str, Any]:
    """What the tiles cost beside the network, and in a scan without them; nothing where there are none."""
    tiles = model.sharpness
    if tiles is None:
        return {}
    alone = QualityModel(replace(model.contract, sharpness=None), model.path)
    without = seconds(lambda: list(scan_photos(photos, Scorer(alone, None).score, workers)))
    tiles_ms = best_ms(lambda: judge_tiles(tiles, srgb8))
    return {
        "tiles_ms": tiles_ms,
        "with_tiles_over_network": round(1 + tiles_ms / network_ms, 2),
        "photos_per_second_without_tiles": round(len(photos) / without, 1),
    }


def best_ms(work: Callable[[], object], repeats: int = 5) -> float:
    """The shortest of several runs, in milliseconds."""
    return round(min(seconds(work) for _ in range(repeats)) * 1000, 1)


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
