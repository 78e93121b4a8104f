"""Exports a batch of 24-megapixel photos, kills it half-way, resumes it, and checks what is there.

Run as a script: ``python tests/benchmarks/bench_batch.py [--photos 200]``. Every photo is brightened,
cropped and sharpened by ``python -m app export`` in a process of its own, which is killed (SIGKILL) at a
random moment about half-way; the same command again goes on. Then a sample is exported once more without
being killed. Prints one JSON object and ends with 1 if anything is missing, twice there, broken or different.
``--step`` does one of the four steps alone, in a ``--folder`` that is kept, for machines that others use too.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import skimage.data  # noqa: E402
from PIL import Image  # noqa: E402

from editor.core.crop import Crop  # noqa: E402
from editor.core.decode import decode  # noqa: E402
from editor.core.errors import PhotoError  # noqa: E402
from editor.core.export_journal import JOURNAL_NAME  # noqa: E402
from editor.core.exposure import Exposure  # noqa: E402
from editor.core.photo import read_identity  # noqa: E402
from editor.core.recipe import Recipe  # noqa: E402
from editor.core.recipe_json import VERSION, recipe_to_json  # noqa: E402
from editor.core.sharpen import Sharpen  # noqa: E402
from editor.core.shoot_location import locate_store  # noqa: E402
from editor.core.shoot_records import FoundPhoto, VersionedText, place_key  # noqa: E402
from editor.core.shoot_store import ShootStore  # noqa: E402

WIDTH, HEIGHT = 6000, 4000
DRAWN = 4
SAMPLE = 5
LIMIT_MIB = 2048
CUT = (5760, 3840)
STEPS = ("kill", "resume", "check", "sample")


def main() -> None:
    """Does the steps and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=12, help="how many; default: 12")
    parser.add_argument("--step", choices=STEPS, help="only this one; default: all")
    parser.add_argument("--folder", type=Path, help="where everything lies and stays; default: for the run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        known = folder / "found.json"
        found: dict[str, Any] = json.loads(known.read_text()) if known.exists() else {"name": "batch"}
        for step in STEPS if options.step is None else (options.step,):
            found |= globals()[step](folder, options.photos)
            known.write_text(json.dumps(found))
    sys.stdout.write(json.dumps(found) + "\n")
    sys.exit(1 if found.get("faults") else 0)


def kill(folder: Path, count: int) -> dict[str, Any]:
    """Draws the shoot, begins the export and kills it when about half of the files are there."""
    draw_shoot(folder / "shoot", count, folder)
    moment = np.random.default_rng()
    at_least = max(1, round(count * moment.uniform(0.4, 0.6)))
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command(folder, "out"), cwd=ROOT, env=environment(folder), stdout=quiet, stderr=quiet
    )
    while process.poll() is None and len(exported(folder / "out")) < at_least:
        time.sleep(0.05)
    time.sleep(moment.uniform(0.0, 1.0))
    process.kill()
    process.wait()
    there = exported(folder / "out")
    stamps = {path.name: path.stat().st_mtime_ns for path in there}
    (folder / "before.json").write_text(json.dumps(stamps))
    parts = len(list((folder / "out").glob(".*.part")))
    wall = round(time.perf_counter() - began, 1)
    return {
        "photos": count,
        "killed_at": len(there),
        "half_written": parts,
        "killed_after_s": wall,
        **peak("kill"),
    }


def resume(folder: Path, _count: int) -> dict[str, Any]:
    """The same command again."""
    began = time.perf_counter()
    subprocess.run(command(folder, "out"), cwd=ROOT, env=environment(folder), check=True, capture_output=True)
    return {"resumed_s": round(time.perf_counter() - began, 1), **peak("resume")}


def check(folder: Path, count: int) -> dict[str, Any]:
    """Every photo once, whole and of the right size; what was there before the kill untouched."""
    out, faults = folder / "out", []
    there = exported(out)
    expected = {path.name for path in (folder / "shoot").glob("*.jpg")}
    if len(expected) != count or {path.name for path in there} != expected:
        faults.append(f"{len(there)} files for {count} photos")
    others = {entry.name for entry in out.iterdir()} - expected - {JOURNAL_NAME}
    faults += [f"{name} does not belong there" for name in sorted(others)]
    if len({digest(path) for path in there}) != len(there):
        faults.append("two files are the same")
    before = json.loads((folder / "before.json").read_text())
    faults += [
        f"{name} was written again" for name, at in before.items() if (out / name).stat().st_mtime_ns != at
    ]
    faults += [f"{path.name} is not whole" for path in there if not is_whole(path)]
    return {"files": len(there), "faults": faults}


def sample(folder: Path, _count: int) -> dict[str, Any]:
    """Some of the photos exported without being killed: byte for byte the same."""
    photos = sorted((folder / "shoot").glob("*.jpg"))
    places = np.random.default_rng().permutation(len(photos))[:SAMPLE]
    chosen = [photos[place] for place in places]
    whole = [*command(folder, "again"), "--files", *(str(path) for path in chosen)]
    whole.remove("--all")
    subprocess.run(whole, cwd=ROOT, env=environment(folder), check=True, capture_output=True)
    different = [
        path.name
        for path in chosen
        if digest(folder / "again" / path.name) != digest(folder / "out" / path.name)
    ]
    known = json.loads((folder / "found.json").read_text())
    faults = [*known["faults"], *(f"{name} differs from an export in one go" for name in different)]
    most = max(known["kill_peak_mib"], known["resume_peak_mib"])
    if most >= LIMIT_MIB:
        faults.append(f"{most} MiB of memory")
    return {"sample": len(chosen), "peak_mib": most, "faults": faults}


def draw_shoot(shoot: Path, count: int, folder: Path) -> None:
    """A few drawn photos under many names, each another photo, with its own recipe in the store."""
    shoot.mkdir(parents=True)
    contents = [drawn(number) for number in range(min(DRAWN, count))]
    for number in range(count):
        # Bytes after the end of a JPEG are not looked at; they make every photo another one.
        (shoot / f"IMG_{number:04}.jpg").write_bytes(contents[number % DRAWN] + f"{number:08}".encode())
    os.environ |= environment(folder)
    store = ShootStore(locate_store(shoot, folder / "data"))
    photos = sorted(shoot.glob("*.jpg"))
    found = [
        FoundPhoto(place_key(shoot, path), read_identity(path), path.stat().st_mtime_ns) for path in photos
    ]
    rows = store.recognise(found)
    store.save_recipes(
        {
            rows[path.name]: VersionedText(VERSION, recipe_to_json(recipe(at)))
            for at, path in enumerate(photos)
        }
    )
    store.close()


def recipe(number: int) -> Recipe:
    """Of no two photos the same, so that no two results are."""
    return Recipe().with_(Crop(0.02, 0.02, 0.98, 0.98), Exposure(0.5 + number / 1000), Sharpen(80, 1.0, 0.0))


def drawn(number: int) -> bytes:
    """A photo of 24 megapixels as a JPEG."""
    tile = getattr(skimage.data, ("astronaut", "coffee", "rocket", "chelsea")[number])()
    repeats = (-(-HEIGHT // tile.shape[0]), -(-WIDTH // tile.shape[1]), 1)
    with tempfile.TemporaryFile() as file:
        Image.fromarray(np.tile(tile, repeats)[:HEIGHT, :WIDTH]).save(file, "JPEG", quality=92)
        file.seek(0)
        return file.read()


def command(folder: Path, name: str) -> list[str]:
    """The export of the whole shoot."""
    return [sys.executable, "-m", "app", "export", str(folder / "shoot"), "--to", str(folder / name), "--all"]


def environment(folder: Path) -> dict[str, str]:
    """That of this process, with stores and caches of its own."""
    own = {"FRAMESIFT_DATA": str(folder / "data"), "FRAMESIFT_CACHE": str(folder / "cache")}
    return dict(os.environ) | own


def exported(out: Path) -> list[Path]:
    """The finished files of an export."""
    return sorted(out.glob("*.jpg"))


def is_whole(path: Path) -> bool:
    """Whether a file decodes to the size of the cut."""
    try:
        picture = decode(path)
    except PhotoError:
        return False
    return (picture.width, picture.height) == CUT


def digest(path: Path) -> str:
    """A digest of the content."""
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()


def peak(name: str) -> dict[str, int]:
    """The most memory that a child of this process has had so far."""
    return {f"{name}_peak_mib": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)}


if __name__ == "__main__":
    main()
