"""Measures memory, cache and the second run of the command `scan`, over few and over many photos.

Run as a script: ``python tests/benchmarks/bench_memory.py [--counts 500 5000] [--large 200]
[--thumbnails FOLDER]``. Each scan is a process of its own, with an empty cache at first and then again with a
full one. Small photos are judged by the tiny test network, for only their number matters; large ones by the
network that ships. Prints the most memory each process has had (VmHWM, Linux only), what the caches take per
photo, and the time of the second run by the clock and by the processor.
"""

# ruff: noqa: T201

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from app.photo_work import load_thumbnail  # noqa: E402
from editor.core.photo_formats import COMMON_SUFFIXES  # noqa: E402
from editor.core.thumbnail_cache import ThumbnailCache  # noqa: E402
from tests.benchmarks.bench_floor import write_distinct  # noqa: E402
from tests.benchmarks.bench_scan import choose_model  # noqa: E402

SMALL_PICTURES = 20
MOST_THUMBNAILS = 200
_SCAN = """
import sys
from pathlib import Path
from app.__main__ import main
status = main(sys.argv[1:])
lines = Path("/proc/self/status").read_text().splitlines() if sys.platform == "linux" else []
print(next((line.split()[1] for line in lines if line.startswith("VmHWM")), 0))
sys.exit(status)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: the most memory in MiB, and seconds by the clock and the processor."""

    memory_mib: float
    clock_s: float
    processor_s: float


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[500, 5000], help="of small photos")
    parser.add_argument("--large", type=int, default=200, help="photos of 24 megapixels; 0 for none")
    parser.add_argument(
        "--thumbnails", type=Path, help="measure thumbnails of these photos; default: the large"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        tiny = choose_model("tiny", place / "model").path.parent
        first = None
        for count in options.counts:
            folder = write_small(place / f"small {count}", count)
            again = tell(f"{count} small photos", folder, place / f"cache {count}", count, tiny, first)
            first = first or again
        thumbnails = options.thumbnails
        if options.large:
            folder = place / "large"
            write_distinct(folder, options.large)
            tell(f"{options.large} photos of 24 MP", folder, place / "cache large", options.large, None, None)
            thumbnails = thumbnails or folder
        if thumbnails is not None:
            tell_thumbnails(thumbnails, place / "thumbnails")


def write_small(folder: Path, count: int) -> Path:
    """Photos of 640 x 480, each with contents of its own by a comment in its header."""
    folder.mkdir()
    pictures = []
    for seed in range(SMALL_PICTURES):
        grain = np.random.default_rng(seed).integers(0, 256, (60, 80, 3), np.uint8)
        content = io.BytesIO()
        Image.fromarray(grain).resize((640, 480)).save(content, "JPEG", quality=90)
        pictures.append(content.getvalue())
    for number in range(count):
        comment = f"{number:08}".encode()
        marker = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        picture = pictures[number % len(pictures)]
        (folder / f"IMG_{number:05}.jpg").write_bytes(picture[:2] + marker + picture[2:])
    return folder


def tell(what: str, folder: Path, cache: Path, count: int, model: Path | None, first: Run | None) -> Run:
    """Scans twice and prints one line; returns the first run."""
    fresh, again = (scan(folder, cache, model) for _ in range(2))
    took = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
    ratio = f" ({fresh.memory_mib / first.memory_mib:.2f} of the first)" if first and first.memory_mib else ""
    print(
        f"{what}: {fresh.memory_mib:.0f} MiB{ratio}, "
        f"scores and identities {took / count:.0f} bytes a photo; "
        f"again: {again.memory_mib:.0f} MiB, {again.clock_s:.2f} s by the clock, "
        f"{again.processor_s:.2f} s by the processor",
        flush=True,
    )
    return fresh


def scan(folder: Path, cache: Path, model: Path | None) -> Run:
    """The command, in a process of its own."""
    surroundings = {**os.environ, "FRAMESIFT_CACHE": str(cache)}
    surroundings |= {"FRAMESIFT_MODEL": str(model)} if model else {}
    arguments = ["scan", str(folder), "--format", "json", "--output", str(folder.with_suffix(".json"))]
    clock, before = time.perf_counter(), os.times()
    ended = subprocess.run(
        [sys.executable, "-c", _SCAN, *arguments],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True,
    )  # fmt: skip
    clock, after = time.perf_counter() - clock, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(int(ended.stdout.split()[-1]) / 1024, clock, processor)


def tell_thumbnails(folder: Path, cache: Path) -> None:
    """What thumbnails of photos take on disk."""
    photos = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in COMMON_SUFFIXES]
    photos = photos[:: -(-len(photos) // MOST_THUMBNAILS) or 1]
    kept = ThumbnailCache(cache)
    for photo in photos:
        load_thumbnail(photo, kept)
    sizes = [path.stat().st_size for path in cache.rglob("*.jpg")]
    print(f"thumbnails of {len(sizes)} photos: {sum(sizes) / max(1, len(sizes)) / 1000:.1f} KB a photo")


if __name__ == "__main__":
    main()
