"""Tries the frozen program as somebody would who has nothing else: no Python, no packages, an empty home.

    python packaging/check_frozen.py dist/framesift

It must say its version and its help, judge a JPEG and an AVIF (decoded in a process of its own), name a
broken file, draw its window with icons and scores, and carry model and licences. Ends with status 1 and says
what is wrong.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from frozen_licences import FOLDER

SECONDS = 600.0
_SCREEN = Path(__file__).resolve().with_name("offscreen_screen.json")
_LICENSED = (
    "Framesift",
    "LGPL-3.txt",
    "numpy",
    "onnxruntime",
    "opencv",
    "pi_heif",
    "pillow",
    "pyside6",
    "rawpy",
)


class FrozenError(Exception):
    """What is wrong with the frozen program."""


def main() -> int:
    """Tries everything."""
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        try:
            check(folder, Path(name))
        except FrozenError as fault:
            sys.stdout.write(f"{folder}: {fault}\n")
            return 1
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    sys.stdout.write(f"{folder}: help, version, scan and window work; {megabytes:.0f} MB\n")
    return 0


def check(folder: Path, home: Path) -> None:
    """Runs the program in every way it is used.

    Raises:
        FrozenError: something is missing or does not work.
    """
    program = folder / ("framesift.exe" if sys.platform == "win32" else "framesift")
    shoot = draw_shoot(home / "shoot")
    require("FOLDER" in run(program, home, "--help"), "--help does not help")
    said = run(program, home, "--version")
    require(said.split()[:1] == ["framesift"] and "development" not in said, f"the version is {said!r}")
    report = json.loads(run(program, home, "scan", str(shoot), "--format", "json"))
    errors = {photo["path"]: photo["error"] for photo in report["photos"]}
    require(list(errors) == ["a.jpg", "b.avif", "c.jpg"], f"scan names {list(errors)}")
    require(errors["a.jpg"] is None, f"a JPEG is not judged: {errors['a.jpg']}")
    require(errors["b.avif"] is None, f"an AVIF is not judged: {errors['b.avif']}")
    require(bool(errors["c.jpg"]), "a broken file is judged")
    picture = home / "window.png"
    run(program, home, str(shoot), "--screenshot", str(picture))
    with Image.open(picture) as image:
        colours = len(np.unique(np.asarray(image.convert("RGB")).reshape(-1, 3), axis=0))
    require(colours > 200, f"the window is empty: {colours} colours")
    licensed = [path.name for path in next(folder.rglob(FOLDER)).iterdir()]
    for start in _LICENSED:
        require(any(name.lower().startswith(start.lower()) for name in licensed), f"no licence of {start}")


def draw_shoot(folder: Path) -> Path:
    """Two photos and a broken one."""
    folder.mkdir()
    noise = np.random.default_rng(1).integers(40, 220, (30, 40, 3), np.uint8)
    image = Image.fromarray(noise).resize((800, 600), Image.Resampling.BICUBIC)
    image.save(folder / "a.jpg")
    image.save(folder / "b.avif")
    (folder / "c.jpg").write_bytes((folder / "a.jpg").read_bytes()[:4000])
    return folder


def run(program: Path, home: Path, *arguments: str) -> str:
    """What the program says, in surroundings that hold nothing of the developer's.

    Raises:
        FrozenError: it ends with another status than 0.
    """
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    places = {f"FRAMESIFT_{kind}": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA")}
    screen = {"QT_QPA_PLATFORM": f"offscreen:configfile={_SCREEN}"}
    ended = subprocess.run(  # noqa: S603 (our own program)
        [str(program), *arguments],
        cwd=home,
        env={**kept, **places, **screen, "HOME": str(home)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=SECONDS,
    )
    require(ended.returncode == 0, f"{arguments} ended with {ended.returncode}: {ended.stderr[-800:]}")
    return ended.stdout


def require(holds: bool, fault: str) -> None:
    """Raises a fault where something does not hold."""
    if not holds:
        raise FrozenError(fault)


if __name__ == "__main__":
    sys.exit(main())
