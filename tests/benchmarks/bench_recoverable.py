"""How near the recoverable exposure comes to the truth on real photographs, and what limits it.

Run by `make bench`, or with `--photos FOLDER` on photographs of one's own. "Back" means: as bright as the
photo was before; its mid-tones count, for highlights that are lost stay lost. Every photo is exposed anew in
linear light, clipped at white, encoded in 8 bits and stored as JPEG, then measured as the program does. Only
photos of the validation part count: the one line that is fitted, was fitted to the training part (`--fit`).
"""

# ruff: noqa: T201

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from quality.core.light_measure import LOST_FROM, LOST_LINE, measure_light
from training.light import expose, jpeg, to_bytes, to_encoded, to_linear
from training.photos import read_photos
from training.split import Part, select

SHARED = Path(__file__).resolve().parents[3] / "shared" / "photos"
EVS = (-3.0, -2.0, -1.0, 0.75, 1.0, 1.5, 2.0, 2.5)
NEAR_EV = 0.3
SIDE = 512
JPEG_QUALITY = 92
ALIKE = (0.2, 0.3)
"""Photos that have lost so much of their highlights look alike to the measure."""


def measured(path: Path, evs: tuple[float, ...] = EVS) -> list[tuple[float, float, float, float]]:
    """One photo at some exposures: true EV, its share of lost highlights, and two errors in EV.

    The errors are those of the estimate and of the middle, once it is brought back in linear light.
    """
    with Image.open(path) as photo:
        photo.thumbnail((SIDE, SIDE))
        linear = to_linear(np.asarray(photo.convert("RGB")))
    middle = measure_light(to_bytes(to_encoded(linear))).middle_ev
    found = []
    for ev in evs:
        stored = jpeg(to_bytes(to_encoded(expose(linear, ev))), JPEG_QUALITY)
        light = measure_light(stored)
        back = light.recoverable_ev
        again = measure_light(to_bytes(to_encoded(expose(to_linear(stored), back)))).middle_ev
        found.append((ev, light.clipped, back + ev, again - middle))
    return found


def share_line(name: str, errors: NDArray[np.float64]) -> str:
    """How many are near, and how far off half of them are."""
    near = float((np.abs(errors) <= NEAR_EV).mean())
    return f"{name} within {NEAR_EV} EV {near:6.1%}, median error {np.median(np.abs(errors)):.2f} EV"


def fit(paths: list[Path]) -> None:
    """Looks for the line of lost highlights with the least mean error on some photos, and prints it."""
    found = np.array([measured(path, tuple(ev for ev in EVS if ev > 0)) for path in paths])
    evs, lost = found[..., 0], found[..., 1]
    errors = {
        (offset, slope): float(
            np.abs(np.where(lost >= LOST_FROM, offset + slope * np.sqrt(lost), 0) + evs).mean()
        )
        for offset in np.arange(-0.6, 0.31, 0.1).round(2)
        for slope in np.arange(-3.2, -1.39, 0.1).round(2)
    }
    best = min(errors, key=lambda line: errors[line])
    print(f"{len(paths)} scenes: offset {best[0]}, slope {best[1]}, mean error {errors[best]:.3f} EV; "
          f"the line in use {LOST_LINE}: {errors[LOST_LINE]:.3f} EV")  # fmt: skip


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, default=SHARED, help="folder of well exposed photographs")
    parser.add_argument("--limit", type=int, default=400, help="look at no more photos than these")
    parser.add_argument("--fit", action="store_true", help="find the line of lost highlights again")
    options = parser.parse_args()
    if not options.photos.is_dir():
        print(f"no photographs in {options.photos}: name a folder with --photos")
        return
    photos = read_photos(options.photos)
    if options.fit:
        scenes = list(select(photos, Part.TRAIN))
        random.Random(3).shuffle(scenes)  # noqa: S311 - a reproducible sample, not a secret
        fit([photo.path for photo in scenes[: options.limit]])
        return
    chosen = (select(photos, Part.VALIDATION) or photos)[: options.limit]
    found = np.array([measured(photo.path) for photo in chosen])  # (photos, exposures, 4)
    print(f"{len(chosen)} photographs of the validation part")
    for place, ev in enumerate(EVS):
        errors = share_line("estimate", found[:, place, 2])
        print(f"exposed by {ev:+5.2f} EV: {errors}; {share_line('mid-tones', found[:, place, 3])}")
    middles = [measure_light(np.asarray(Image.open(photo.path).convert("RGB"))).middle_ev for photo in chosen]
    low, half, high = np.percentile(middles, [5, 50, 95])
    print(f"the limit: middles of the photos as they were meant: {low:.1f} to {high:.1f} EV below white "
          f"(5 to 95 %), median {half:.1f}, standard deviation {np.std(middles):.2f} EV")  # fmt: skip
    over = found[found[..., 0] > 0]
    alike = over[(over[:, 1] >= ALIKE[0]) & (over[:, 1] <= ALIKE[1]), 0]
    if len(alike):
        shares = ", ".join(f"{ev:+.2f} EV {np.mean(alike == ev):.0%}" for ev in EVS if ev > 0)
        print(f"the limit: {len(alike)} pictures have lost {ALIKE[0]:.0%} to {ALIKE[1]:.0%} of their "
              f"highlights; their true exposures: {shares}")  # fmt: skip


if __name__ == "__main__":
    main()
