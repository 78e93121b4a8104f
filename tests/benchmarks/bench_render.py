"""Measures rendering: slider to picture at screen size, exports of 24 megapixels, and the same by others.

Run as a script: ``python tests/benchmarks/bench_render.py [--repeats 5]``. Prints one JSON object: medians
of wall time, and for ours the processor time of all threads beside it, which a busy machine changes less.
ImageMagick (``/usr/bin/convert``) and libvips (``vips``) take part where they are installed, turn by turn in
one run: all read the same JPEG, crop, brighten by 1 EV, scale to 2048 pixels, sharpen and write a JPEG. We
scale before we brighten, they after; so each does it in its own usual order.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import skimage.data  # noqa: E402
from PIL import Image  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402

from editor.core.blur import Blur  # noqa: E402
from editor.core.cancellation import Cancellation  # noqa: E402
from editor.core.clarity import Clarity  # noqa: E402
from editor.core.color_mix import ColorMix  # noqa: E402
from editor.core.crop import ANGLE, Crop  # noqa: E402
from editor.core.export import export_content  # noqa: E402
from editor.core.export_settings import ExportItem, ExportSettings, OutputSharpening  # noqa: E402
from editor.core.exposure import Exposure  # noqa: E402
from editor.core.noise_reduction import NoiseReduction  # noqa: E402
from editor.core.operation import Operation  # noqa: E402
from editor.core.recipe import OPERATIONS, Recipe  # noqa: E402
from editor.core.sharpen import Sharpen  # noqa: E402
from editor.core.tone import Tone  # noqa: E402
from editor.core.white_balance import WhiteBalance  # noqa: E402
from editor.panel.render_request import Rendered, RenderKind, RenderRequest  # noqa: E402
from editor.panel.render_work import RenderWork  # noqa: E402

WIDTH, HEIGHT = 6000, 4000
SCREEN = (1600, 1200)
EDGES = (0.1, 0.1, 0.9, 0.9)
FIT = 2048
CONVERT = "/usr/bin/convert"
KIBIBYTES_OF_MEBIBYTE = 1024
PACKAGES = {"imagemagick": "imagemagick", "libvips": "libvips-tools"}
SETTLING = 6

ALONE = Recipe()
ALL = Recipe(
    Crop(0.02, 0.02, 0.98, 0.98, 2.0),
    NoiseReduction(30, 40),
    WhiteBalance(20, -10),
    Exposure(0.8),
    Tone(20, -50, 40, 10, -10),
    Clarity(30),
    ColorMix(20, 10),
    Blur(1.0),
    Sharpen(80, 1.2, 1.0),
)
"""Every operation is set."""

STARTS = {("crop", "angle"): 2.0, ("blur", "radius"): 3.0, ("sharpen", "radius"): 1.0}
"""Where a slider begins when it is moved alone; the others at a fifth of their way."""


def moves(among: Recipe) -> Iterator[tuple[str, Callable[[float], Recipe]]]:
    """Every slider of the panel with what it makes of a recipe when it is moved by so much."""
    for kind in OPERATIONS:
        for parameter in (ANGLE,) if kind is Crop else kind.PARAMETERS:
            here = among.of(kind)
            if among == ALONE:
                start = STARTS.get((kind.NAME, parameter.name), parameter.slider_maximum / 5)
                here = here.with_(**{parameter.name: start})
            if isinstance(here, Sharpen) and here.is_neutral:
                here = here.with_(amount=80.0)
            start = getattr(here, parameter.name)

            def move(
                by: float, here: Operation = here, name: str = parameter.name, start: float = start
            ) -> Recipe:
                return among.with_(here.with_(**{name: start + by}))

            yield f"{kind.NAME}_{parameter.name}", move


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="how often each is measured; default: 5")
    parser.add_argument("--batch", type=int, default=6, help="photos of the batch whose memory is measured")
    options = parser.parse_args()
    repeats = options.repeats
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photo = write_photo(folder)
        found = {"name": "render", "cores": os.cpu_count(), "load": os.getloadavg()[0]}
        found |= sliders(photo, repeats) | exports(photo, folder, repeats)
        found |= batch(photo, folder, options.batch) | rivals(photo, folder, repeats)
    sys.stdout.write(json.dumps(found) + "\n")


def write_photo(folder: Path) -> Path:
    """A photo of 24 megapixels."""
    tile = skimage.data.astronaut()
    canvas = np.tile(tile, (-(-HEIGHT // tile.shape[0]), -(-WIDTH // tile.shape[1]), 1))[:HEIGHT, :WIDTH]
    photo = folder / "photo.jpg"
    Image.fromarray(canvas).save(photo, quality=92)
    return photo


def sliders(photo: Path, repeats: int) -> dict[str, Any]:
    """One slider moved a little again and again, all else cached: from the recipe to the image on screen.

    ``slider`` is the picture on its way, with the side it is drawn at where that is less than the whole room;
    ``fine`` is the same at full size, as it is drawn when the hand rests. ``alone`` nothing else is set,
    ``among_all`` every operation is. For each the median, the 95th percentile and the processor time.
    """
    found: dict[str, Any] = {}
    worst: dict[str, tuple[float, str]] = {}
    work = RenderWork()
    for words, among in (("alone", ALONE), ("among_all", ALL)):
        for name, move in moves(among):
            steps = iter(np.arange(1, 1000) * 0.01)
            for way, moving in (("fine", False), ("slider", True)):
                draw = partial(_draw, work, photo, move, steps, moving)
                for _ in range(SETTLING if moving else 2):
                    image = draw()
                walls = found | measured(
                    f"{way}_{name}_{words}", draw, 4 * repeats if moving else 3, share=0.95
                )
                found = walls
            found[f"slider_{name}_{words}_share"] = round(image.width() / SCREEN[0], 2)
            late = found[f"slider_{name}_{words}_p95_ms"]
            worst[words] = max(worst.get(words, (0.0, "")), (late, name))
    return found | {f"slowest_slider_{words}": late for words, late in worst.items()}


def _draw(
    work: RenderWork, photo: Path, move: Callable[[float], Recipe], steps: Iterator[float], moving: bool
) -> QImage:
    recipe = move(float(next(steps)))
    request = RenderRequest(RenderKind.PREVIEW, photo, recipe, SCREEN, moving=moving)
    answer = work(request, Cancellation())
    if not isinstance(answer, Rendered):
        raise TypeError("a rendering was asked for")
    return answer.image


def exports(photo: Path, folder: Path, repeats: int) -> dict[str, Any]:
    """The whole way from file to file content at full size."""
    item = ExportItem(photo, Recipe().with_(Exposure(1.0), Sharpen(80, 1.0, 0.0)))
    settings = ExportSettings(folder)
    return measured("export_24mp", lambda: export_content(item, settings), max(2, repeats // 2))


def batch(photo: Path, folder: Path, count: int) -> dict[str, Any]:
    """A batch by the command line in a process of its own: time for each photo, and its peak memory."""
    shoot, out = folder / "batch", folder / "out"
    shoot.mkdir()
    for number in range(count):
        with (shoot / f"IMG_{number:04}.jpg").open("wb") as copy:
            # Bytes after the end of a JPEG are not looked at; they make every photo another one.
            copy.write(photo.read_bytes() + f"{number:08}".encode())
    command = [sys.executable, "-m", "app", "export", str(shoot), "--to", str(out), "--all"]
    wall = seconds(lambda: run(command, ROOT))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KIBIBYTES_OF_MEBIBYTE
    return {
        "batch_photos": len(list(out.glob("*.jpg"))),
        "batch_s_per_photo": round(wall / count, 2),
        "batch_peak_mib": round(peak),
    }


def rivals(photo: Path, folder: Path, repeats: int) -> dict[str, Any]:
    """The same work by every program, one after the other in every round."""
    recipe = Recipe().with_(Crop(*EDGES), Exposure(1.0))
    settings = ExportSettings(folder, fit=(FIT, FIT), sharpening=OutputSharpening.STANDARD)
    works: dict[str, Callable[[], object]] = {
        "framesift": lambda: (folder / "ours.jpg").write_bytes(
            export_content(ExportItem(photo, recipe), settings)
        )
    }
    left, top = round(EDGES[0] * WIDTH), round(EDGES[1] * HEIGHT)
    width, height = round((EDGES[2] - EDGES[0]) * WIDTH), round((EDGES[3] - EDGES[1]) * HEIGHT)
    if Path(CONVERT).exists():
        command = [CONVERT, str(photo), "-crop", f"{width}x{height}+{left}+{top}", "+repage"]
        command += ["-colorspace", "RGB", "-evaluate", "Multiply", "2", "-colorspace", "sRGB"]
        command += ["-resize", f"{FIT}x{FIT}", "-unsharp", "0x0.6+0.45+0.004", "-quality", "92"]
        works["imagemagick"] = lambda: run([*command, str(folder / "convert.jpg")])
    if shutil.which("vips"):
        works["libvips"] = lambda: vips(photo, folder, (left, top, width, height))
    for name in sorted({"imagemagick", "libvips"} - set(works)):
        sys.stderr.write(f"{name} is not installed and is not compared (Debian: {PACKAGES[name]})\n")
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            times[name].append(seconds(work))
    medians = {name: statistics.median(each) for name, each in times.items()}
    ratios = {f"{name}_to_framesift": round(each / medians["framesift"], 2) for name, each in medians.items()}
    ratios.pop("framesift_to_framesift")
    return {f"{name}_2048_ms": round(each * 1000, 1) for name, each in medians.items()} | ratios


def vips(photo: Path, folder: Path, cut: tuple[int, int, int, int]) -> None:
    """The steps of the libvips command line; uncompressed files in between, as it is meant to be used."""
    steps = [
        ["crop", str(photo), "1.v", *(str(number) for number in cut)],
        ["colourspace", "1.v", "2.v", "scrgb"],
        ["linear", "2.v", "3.v", "2", "0"],
        ["colourspace", "3.v", "4.v", "srgb"],
        ["resize", "4.v", "5.v", str(FIT / cut[2])],
        ["sharpen", "5.v", "6.v", "--sigma", "0.6"],
        ["jpegsave", "6.v", "vips.jpg", "--Q", "92"],
    ]
    for step in steps:
        run(["vips", *step], folder)


def run(command: list[str], folder: Path | None = None) -> None:
    """Runs a program that must succeed."""
    subprocess.run(command, check=True, cwd=folder, capture_output=True)


def measured(
    name: str, work: Callable[[], object], repeats: int, share: float | None = None
) -> dict[str, float]:
    """Medians of wall and processor time after one run that does not count, in milliseconds.

    With a share also the wall time that so many of the runs keep within, such as 0.95 of them.
    """
    work()
    walls, processors = [], []
    for _ in range(repeats):
        began = time.process_time()
        walls.append(seconds(work))
        processors.append(time.process_time() - began)
    middle = statistics.median
    found = {
        f"{name}_ms": round(middle(walls) * 1000, 1),
        f"{name}_cpu_ms": round(middle(processors) * 1000, 1),
    }
    if share is not None:
        found[f"{name}_p{round(share * 100)}_ms"] = round(float(np.quantile(walls, share)) * 1000, 1)
    return found


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
