"""Makes the demo shoot: good and deliberately spoilt photos, from photographs that scikit-image ships.

    python packaging/demo_shoot.py FOLDER

Photos that are there already and unchanged are left alone, files that it does not know too.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError
from PIL.ExifTags import Base

from demo_camera import Settings, encode_jpeg
from demo_defects import LinearLight, add_noise, defocus, expose, shake, to_linear, to_srgb8
from editor.core.atomic_file import write_atomically
from quality.core.labels import Defect

DARK_EV = -3.0
BRIGHT_EV = 2.5
DEFOCUS_RADIUS = 6.0
"""Pixels of a picture 512 wide."""
SHAKE_LENGTH = 18.0
"""Pixels of a picture 512 wide."""

_FIRST_TAKEN = datetime(2026, 5, 16, 10, 0, 0)
"""Local time without a zone, as EXIF keeps it."""
_BETWEEN = timedelta(seconds=47)

Treatment = Literal["sharp", "upright", "defocused", "shaken", "dark", "bright", "broken"]

_EXPECTED: Mapping[Treatment, frozenset[Defect] | None] = {
    "sharp": frozenset(),
    "upright": frozenset(),
    "defocused": frozenset({Defect.BLUR}),
    "shaken": frozenset({Defect.BLUR}),
    "dark": frozenset({Defect.UNDER}),
    "bright": frozenset({Defect.OVER}),
    "broken": None,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A photograph: file in scikit-image, part of it (left, top, right, bottom; None = all), settings."""

    file: str
    box: tuple[int, int, int, int] | None
    settings: Settings


_WORKSHOP = Settings(1 / 60, 4.0, 800)
_DAYLIGHT = Settings(1 / 500, 5.6, 100)

_SCENES: Mapping[str, Scene] = {
    "motorcycle": Scene("motorcycle_left.png", None, _WORKSHOP),
    "motorcycle again": Scene("motorcycle_right.png", None, _WORKSHOP),
    "engine": Scene("motorcycle_left.png", (229, 90, 741, 474), _WORKSHOP),
    "shelf": Scene("motorcycle_right.png", (229, 0, 741, 384), _WORKSHOP),
    "front wheel": Scene("motorcycle_left.png", (301, 0, 741, 500), _WORKSHOP),
    "coffee": Scene("coffee.png", None, Settings(1 / 125, 2.8, 400)),
    "astronaut": Scene("astronaut.png", (0, 0, 512, 384), Settings(1 / 125, 8.0, 100)),
    "space suit": Scene("astronaut.png", (0, 128, 512, 512), Settings(1 / 125, 8.0, 100)),
    "cameraman": Scene("camera.png", (0, 60, 512, 444), _DAYLIGHT),
    "lawn": Scene("grass.png", (0, 64, 512, 448), _DAYLIGHT),
    "gravel": Scene("gravel.png", (0, 64, 512, 448), _DAYLIGHT),
    "rocket": Scene("rocket.jpg", None, Settings(1 / 2, 4.0, 400)),
}

_FRAMES: tuple[tuple[str, Treatment], ...] = (
    ("motorcycle", "sharp"),
    ("motorcycle", "defocused"),
    ("motorcycle again", "shaken"),
    ("motorcycle", "dark"),
    ("motorcycle again", "bright"),
    ("engine", "sharp"),
    ("shelf", "sharp"),
    ("front wheel", "upright"),
    ("coffee", "sharp"),
    ("coffee", "defocused"),
    ("coffee", "shaken"),
    ("coffee", "dark"),
    ("coffee", "bright"),
    ("astronaut", "sharp"),
    ("astronaut", "defocused"),
    ("astronaut", "shaken"),
    ("astronaut", "bright"),
    ("space suit", "sharp"),
    ("space suit", "dark"),
    ("cameraman", "sharp"),
    ("cameraman", "defocused"),
    ("cameraman", "dark"),
    ("cameraman", "bright"),
    ("lawn", "sharp"),
    ("lawn", "defocused"),
    ("gravel", "sharp"),
    ("gravel", "shaken"),
    ("rocket", "shaken"),
    ("engine", "broken"),
)


def expected_labels() -> dict[str, frozenset[Defect] | None]:
    """File name to the defects that were put into it; None for the broken file, which cannot be judged."""
    return {_name(number): _EXPECTED[treatment] for number, (_, treatment) in _numbered()}


def make_demo_shoot(folder: Path) -> int:
    """Makes what is missing of the demo shoot.

    Args:
        folder: Made with its parents if it is not there.

    Returns:
        How many photos were written.

    Raises:
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for number, (scene, treatment) in _numbered():
        path = folder / _name(number)
        if not _is_there(path, _description(scene, treatment)):
            write_atomically(path, _photo(number, scene, treatment))
            written += 1
    return written


def _numbered() -> enumerate[tuple[str, Treatment]]:
    return enumerate(_FRAMES, start=1)


def _name(number: int) -> str:
    return f"FS_{number:04d}.jpg"


def _description(scene: str, treatment: Treatment) -> str:
    """Says what was done, numbers included: a photo that was made otherwise is made again."""
    strength = {
        "defocused": f" by {DEFOCUS_RADIUS:g} px",
        "shaken": f" by {SHAKE_LENGTH:g} px",
        "dark": f" by {DARK_EV:+g} EV",
        "bright": f" by {BRIGHT_EV:+g} EV",
    }.get(treatment, "")
    return f"Framesift demo photo: {scene}, {treatment}{strength}; from {_SCENES[scene].file} of scikit-image"


def _is_there(path: Path, description: str) -> bool:
    try:
        with Image.open(path) as photo:
            return bool(photo.getexif().get(Base.ImageDescription) == description)
    except (OSError, UnidentifiedImageError):
        return False


def _photo(number: int, scene: str, treatment: Treatment) -> bytes:
    """The content of one file of the shoot."""
    settings = _SCENES[scene].settings
    light, settings = _treated(to_linear(_pixels(_SCENES[scene])), settings, treatment, number)
    content = encode_jpeg(
        to_srgb8(light),
        settings,
        _FIRST_TAKEN + number * _BETWEEN,
        _description(scene, treatment),
        held_upright=treatment == "upright",
    )
    return content[: len(content) // 2] if treatment == "broken" else content


def _treated(
    light: LinearLight, settings: Settings, treatment: Treatment, number: int
) -> tuple[LinearLight, Settings]:
    """The scene as this frame shows it and the settings that would have made it so."""
    random = np.random.default_rng(number)
    match treatment:
        case "defocused":
            return defocus(light, DEFOCUS_RADIUS), settings
        case "shaken":
            moved = shake(light, SHAKE_LENGTH, angle=random.uniform(0, 180), bend=random.uniform(0, 0.3))
            return moved, settings.hand_held_too_long()
        case "dark":
            return add_noise(expose(light, DARK_EV), random), settings.exposed_by(DARK_EV)
        case "bright":
            return expose(light, BRIGHT_EV), settings.exposed_by(BRIGHT_EV)
        case "sharp" | "upright" | "broken":
            return light, settings


def _pixels(scene: Scene) -> NDArray[np.uint8]:
    """The scene's pixels, shape (H, W, 3), sRGB; grey photographs get three equal channels."""
    with as_file(files("skimage") / "data" / scene.file) as path, Image.open(path) as photograph:
        return np.asarray(photograph.convert("RGB").crop(scene.box))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Make the demo shoot, or what is missing of it.")
    parser.add_argument("folder", type=Path, help="where the photos go")
    folder: Path = parser.parse_args(arguments).folder
    written = make_demo_shoot(folder)
    if written:
        sys.stdout.write(f"Made {written} of {len(_FRAMES)} demo photos in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
