"""Every number of the tile network's training: recipes, stages, what a tile goes through and how strongly."""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from training.config import Range, Stage

Architecture = Literal["passing", "slim"]


@dataclass(frozen=True, slots=True)
class TileMix:
    """How often what happens to a tile; every value is a probability 0..1."""

    soft: float = 0.5
    """Share of tiles that are not sharp; half, so that both answers are balanced."""
    defocus: float = 0.38
    """Of the tiles that are not sharp; the rest after all five kinds is shake."""
    enlarged: float = 0.1
    denoised: float = 0.07
    noise: float = 0.05
    second_blur: float = 0.15
    """Share of shaken tiles that are out of focus a little too."""
    soft_part: float = 0.25
    """Share of sharp tiles in which only a part is sharp, before a soft background."""
    look: float = 0.4
    """Share of all tiles with a harmless change of exposure and contrast."""
    camera: float = 0.35
    """Share of all tiles that go through a colour filter array, its reconstruction and sharpening."""
    sensor: float = 0.35
    """Share of all tiles with the noise of a sensor."""
    grain: float = 0.08
    monochrome: float = 0.06
    reduced_decode: float = 0.3
    """Share of tiles stored at twice their size and decoded at half, as the scan decodes a large JPEG."""
    stored_twice: float = 0.15


@dataclass(frozen=True, slots=True)
class TileRanges:
    """Strengths at the tile's own pixels; what lies between "not seen at 100 %" and "seen" is left out."""

    reduction: Range = (1.15, 1.7)
    """By how much a photo is averaged down so that it is sharp at the pixel."""
    defocus_radius: Range = (1.5, 18.0)
    shake_length: Range = (4.0, 60.0)
    shake_line: float = 0.3
    enlargement: Range = (2.0, 4.5)
    denoising: Range = (1.6, 3.5)
    """Edge-keeping smoothing: standard deviation in pixels of its reach."""
    heavy_noise: Range = (0.16, 0.3)
    """Standard deviation of the noise that hides detail, encoded 0..1."""
    harmless_ev: Range = (-2.0, 0.5)
    harmless_contrast: Range = (0.4, 1.2)
    optics: Range = (0.25, 0.55)
    """Standard deviation in pixels of what lens and filter of a good camera spread."""
    sharpening: Range = (0.2, 1.4)
    """Amount of the camera's own unsharp mask, radius 0.8 pixels."""
    shot_noise: Range = (0.0001, 0.004)
    read_noise: Range = (0.0005, 0.006)
    grain_deviation: Range = (0.01, 0.05)
    background_radius: Range = (3.0, 14.0)
    jpeg_quality: tuple[int, int] = (62, 98)
    detail: float = 9.0
    """Fine detail in grey levels of 255 that one pixel in a hundred of a usable sharp tile exceeds."""
    detail_ratio: float = 0.5
    """Fine over coarser detail below which a photo counts as soft and is not used."""


SEEN = {"sharp": 0.0, "defocus": 2.0, "shake": 6.0, "enlarged": 2.5, "denoised": 2.0, "noise": 0.2}
"""From which strength on a person sees it at 100 %, found by looking at sheets of tiles.

Below, the camera's own sharpening makes up for most of it: a shake of 5 pixels is a wriggle, not a line.
"""


@dataclass(frozen=True, slots=True)
class TileRun:
    """A whole run of a tile network."""

    recipe: str
    stages: tuple[Stage, ...]
    architecture: Architecture = "passing"
    focal_gamma: float = 0.0
    """Above 0 the loss is focal with this exponent (Lin et al. 2017); 0 is cross-entropy."""
    seed: int = 42
    mix: TileMix = field(default_factory=TileMix)
    ranges: TileRanges = field(default_factory=TileRanges)
    validation_tiles: int = 300
    before: tuple[str, ...] = ()
    """Recipes that the network went through before this run, the first first."""


def tile_stages(rate: float) -> tuple[Stage, ...]:
    """Cheap tiles of 160 pixels first, then 256 as published, and a few of 328 to finish."""
    return (
        Stage("tiles-160", 160, 160, 6, 200, 24, rate, schedule="cosine", warmup_steps=50),
        Stage("tiles-256", 256, 256, 2, 150, 24, rate / 2, schedule="cosine", warmup_steps=20),
        Stage("tiles-328", 328, 328, 1, 80, 16, rate / 5, schedule="cosine", warmup_steps=10),
    )


def longer_stages() -> tuple[Stage, ...]:
    """As many tiles once more, more of them large, for a trained network (`sharpness-train --from`).

    In every stage of the published recipe the loss on unseen scenes still fell when the stage ended.
    """
    return (
        Stage("longer-160", 160, 160, 6, 200, 24, 3e-3, schedule="cosine", warmup_steps=50),
        Stage("longer-256", 256, 256, 5, 150, 24, 1.5e-3, schedule="cosine", warmup_steps=20),
        Stage("longer-328", 328, 328, 1, 80, 16, 4e-4, schedule="cosine", warmup_steps=10),
    )


def slim_longer_stages() -> tuple[Stage, ...]:
    """The slim rival trained on (`sharpness-train --from`), on tiles of the size that is judged.

    On tiles of 256 pixels its loss on unseen scenes fell fastest.
    """
    return (
        Stage("slim-256", 256, 256, 7, 150, 24, 2e-3, schedule="cosine", warmup_steps=30),
        Stage("slim-328", 328, 328, 1, 80, 16, 4e-4, schedule="cosine", warmup_steps=10),
    )


TILE_RECIPES = {
    "tiles": TileRun("tiles", tile_stages(4e-3)),
    "tiles-longer": TileRun("tiles-longer", longer_stages()),
    "tiles-focal": TileRun("tiles-focal", tile_stages(4e-3), focal_gamma=2.0),
    "tiles-slim": TileRun("tiles-slim", tile_stages(4e-3), architecture="slim"),
    "tiles-slim-longer": TileRun("tiles-slim-longer", slim_longer_stages(), architecture="slim"),
    "tiles-quick": TileRun("tiles-quick", (Stage("tiles-96", 96, 96, 2, 4, 8, 2e-3),), validation_tiles=16),
}
"""The published network, trained on, with focal loss; a slim rival, trained on; one to prove the chain."""


def save_tile_run(run: TileRun, path: Path) -> None:
    """Writes the configuration as JSON."""
    path.write_text(json.dumps(dataclasses.asdict(run), indent=2) + "\n", encoding="utf-8")


def load_tile_run(path: Path) -> TileRun:
    """Reads what `save_tile_run` wrote.

    Raises:
        OSError: If the file can't be read.
        ValueError: If it isn't JSON.
        TypeError: If a key isn't known.
    """
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    values["stages"] = tuple(
        Stage(**stage | {"loss_weights": tuple(stage["loss_weights"])}) for stage in values["stages"]
    )
    values["before"] = tuple(values.get("before", ()))
    values["mix"] = TileMix(**values["mix"])
    ranges: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values["ranges"].items()
    }
    values["ranges"] = TileRanges(**ranges)
    return TileRun(**values)
