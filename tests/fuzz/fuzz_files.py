"""Feeds mutated photos, sidecars and recipes to their readers for a bounded time.

Run as a script: ``python tests/fuzz/fuzz_files.py [--seconds 60] [--seed N] [--keep FOLDER]``. Whatever
a reader raises beyond its own error, and a photo that takes longer than it may, is kept in ``build/fuzz``
and ends the run with status 1. The file at work lies there as ``current.*``, so that a crash leaves it
behind, and what the codecs print lies in ``codecs.log``.
"""

import argparse
import faulthandler
import importlib.util
import io
import json
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import cv2  # noqa: E402
import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from editor.core.color import to_srgb8  # noqa: E402
from editor.core.crop import Crop  # noqa: E402
from editor.core.decode import decode  # noqa: E402
from editor.core.errors import PhotoError  # noqa: E402
from editor.core.frame import make_frame  # noqa: E402
from editor.core.metadata import read_metadata  # noqa: E402
from editor.core.photo import read_identity  # noqa: E402
from editor.core.photo_formats import PHOTO_SUFFIXES  # noqa: E402
from editor.core.recipe import OPERATIONS, Recipe  # noqa: E402
from editor.core.recipe_json import RecipeError, recipe_from_json, recipe_to_json  # noqa: E402
from editor.core.xmp_errors import SidecarError  # noqa: E402
from editor.core.xmp_sidecar import read_sidecar  # noqa: E402

RECIPES = (
    Recipe(),
    Recipe().with_(
        *(kind(**{each.name: each.maximum for each in kind.PARAMETERS}) for kind in OPERATIONS[1:])
    ),
    Recipe().with_(Crop(left=0.25, top=0.125, right=0.75, bottom=0.875, angle=-7.5, mirrored=True)),
)
SHARED = ROOT.parent / "shared"
FOUND = ROOT / "build" / "fuzz"
MOST_SEED_BYTES = 400_000
LONGEST_SECONDS = 60.0  # by the clock, on a machine that does other things too
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_SIDECAR = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="3" xmp:Label="Red"/></rdf:RDF></x:xmpmeta>"""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader and what it is fed.

    Attributes:
        name: For the report.
        seeds: Good files by ending.
        read: Reads a file; says in a word what came of it, and raises only what is a fault.
    """

    name: str
    seeds: tuple[tuple[str, bytes], ...]
    read: Callable[[Path, random.Random], str]


def read_photo(path: Path, dice: random.Random) -> str:
    """Identity, metadata, decoding and conversion of one photo."""
    try:
        read_identity(path)
        read_metadata(path)
        to_srgb8(decode(path, dice.choice([None, (64, 48), (512, 384)])))
    except PhotoError as error:
        return type(error).__name__
    return "picture"


def read_marks(path: Path, _: random.Random) -> str:
    """The marks in one sidecar."""
    try:
        found = read_sidecar(path)
    except (SidecarError, PhotoError) as error:
        return type(error).__name__
    return "nothing" if found is None else "sidecar"


def read_recipe(path: Path, _: random.Random) -> str:
    """One recipe; what is read must come back the same, and say where it has to be rendered."""
    try:
        recipe = recipe_from_json(path.read_bytes().decode("utf-8", "replace"))
    except RecipeError as error:
        return type(error).__name__
    if recipe_from_json(recipe_to_json(recipe)) != recipe:
        raise AssertionError(f"{recipe} comes back as another")
    make_frame(recipe.crop, (600, 400), (150, 150))
    return "recipe"


def photo_seeds() -> Iterator[tuple[str, bytes]]:
    """Good photos of every format, and real ones where they lie beside the checkout."""
    noise = np.random.default_rng(4).integers(0, 256, (48, 64, 3), np.uint8)
    smooth = cv2.GaussianBlur(noise, (0, 0), 1.5)
    for kind in ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "AVIF", "MPO"):
        content, exif = io.BytesIO(), Image.Exif()
        exif[0x0112] = 6
        Image.fromarray(smooth).save(content, kind, exif=exif)
        yield f".{kind.lower()}".replace(".jpeg", ".jpg").replace(".tiff", ".tif"), content.getvalue()
    deep = smooth.astype(np.uint16) * np.uint16(257)
    for suffix in (".png", ".tif"):
        yield suffix, bytes(cv2.imencode(suffix, deep)[1].tobytes())
    spec = importlib.util.spec_from_file_location("dng_file", ROOT / "tests" / "dng_file.py")
    if spec is not None and spec.loader is not None:
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        preview = io.BytesIO()
        Image.fromarray(smooth).save(preview, "JPEG")
        yield ".dng", module.make_dng((deep // 16).astype(np.uint16), preview=preview.getvalue())
    yield from files_of("formats", PHOTO_SUFFIXES)
    yield from files_of("broken", PHOTO_SUFFIXES)


def files_of(folder: str, suffixes: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """The small files of a folder beside the checkout."""
    for path in sorted((SHARED / folder).glob("*")):
        if path.suffix.lower() in suffixes and 0 < path.stat().st_size <= MOST_SEED_BYTES:
            yield path.suffix, path.read_bytes()


def mutated(seed: bytes, other: bytes, dice: random.Random) -> bytes:
    """A seed after one to five changes, each flipping, cutting, repeating, exchanging or lying."""
    content = bytearray(seed)
    for _ in range(dice.choice([1, 1, 2, 5])):
        place = dice.randrange(min(len(content), dice.choice([64, 512, len(content)])) or 1)
        size = dice.choice([1, 4, 64, 1024])
        change = dice.randrange(7)
        if change <= 1:
            for _ in range(size):
                at = min(len(content) - 1, place + dice.randrange(2 * size))
                content[at] = dice.randrange(256)
        elif change == 2:
            width, order = dice.choice([1, 2, 4, 8]), dice.choice(["big", "little"])
            number = dice.choice(_NUMBERS) & ((1 << 8 * width) - 1)
            content[place : place + width] = number.to_bytes(width, "big" if order == "big" else "little")
        elif change == 3:
            del content[place : place + size]
        elif change == 4:
            content[place:place] = content[place : place + size]
        elif change == 5:
            start = dice.randrange(len(other))
            content[place : place + size] = other[start : start + size]
        else:
            del content[place + dice.randrange(len(content)) :]
        if not content:
            return b"\0"
    return bytes(content)


def fuzz(target: Target, seconds: float, dice: random.Random, keep: Path) -> tuple[Counter[str], list[Path]]:
    """Feeds one reader for a time.

    Returns:
        What came of the files, counted, and the files that were faults.
    """
    outcomes: Counter[str] = Counter()
    faults: list[Path] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        suffix, seed = dice.choice(target.seeds)
        path = keep / f"current{suffix}"
        path.write_bytes(mutated(seed, dice.choice(target.seeds)[1], dice))
        started = time.monotonic()
        faulthandler.dump_traceback_later(4 * LONGEST_SECONDS, exit=True)
        try:
            outcome = target.read(path, dice)
        except Exception as error:  # noqa: BLE001 (finding these is what it is for)
            outcome = f"FAULT {type(error).__name__}: {error}"
        faulthandler.cancel_dump_traceback_later()
        took = time.monotonic() - started
        if took > LONGEST_SECONDS:
            outcome = f"FAULT took {took:.0f} s"
        outcomes[outcome.split(":")[0]] += 1
        if outcome.startswith("FAULT"):
            kept = path.rename(keep / f"{target.name}-{len(faults)}{suffix}")
            sys.stdout.write(f"{kept}: {outcome}\n")
            faults.append(kept)
        else:
            path.unlink()
    return outcomes, faults


def quieten(log: Path) -> None:
    """Sends what the codecs print into a file; a crash still shows on standard error."""
    faulthandler.enable(os.dup(2))
    with log.open("wb") as file:
        os.dup2(file.fileno(), 2)


def main() -> int:
    """Runs every target for its share of the time."""
    parser = argparse.ArgumentParser(description="Feeds mutated files to the program's readers.")
    parser.add_argument("--seconds", type=float, default=60.0, help="for all readers together; default: 60")
    parser.add_argument("--seed", type=int, default=None, help="repeats a run; default: another every time")
    parser.add_argument("--keep", type=Path, default=FOUND, help="folder for faults; default: build/fuzz")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if options.seed is None else options.seed
    shutil.rmtree(options.keep, ignore_errors=True)
    options.keep.mkdir(parents=True)
    quieten(options.keep / "codecs.log")
    sidecars = ((".xmp", _SIDECAR), *files_of("sidecars", frozenset({".xmp"})))
    recipes = tuple((".json", recipe_to_json(recipe).encode()) for recipe in RECIPES)
    targets = (
        (0.8, Target("photo", tuple(photo_seeds()), read_photo)),
        (0.1, Target("sidecar", sidecars, read_marks)),
        (0.1, Target("recipe", recipes, read_recipe)),
    )
    found = 0
    for share, target in targets:
        dice = random.Random(f"{seed} {target.name}")  # noqa: S311 (no secret)
        outcomes, faults = fuzz(target, options.seconds * share, dice, options.keep)
        found += len(faults)
        report = {"target": target.name, "seed": seed, "files": outcomes.total(), "outcomes": dict(outcomes)}
        sys.stdout.write(json.dumps(report) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
