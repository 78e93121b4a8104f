"""Every number of a training run in one typed configuration, saved with the run."""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Range = tuple[float, float]
"""Lowest and highest value of a uniform draw, both possible."""

Trainable = Literal["heads", "last40", "all", "night"]
Schedule = Literal["constant", "cosine"]
Precision = Literal["float32", "mixed_bfloat16", "mixed_float16"]
"""Keras's names: in the mixed ones layers compute in 16 bits; variables and logits keep 32."""


@dataclass(frozen=True, slots=True)
class SampleMix:
    """How often what is drawn for a training picture; probabilities 0..1 unless it says otherwise."""

    kadis: float = 0.5
    """Share of pictures drawn by the KADIS protocol; the others get physical distortions."""
    kadis_pristine: float = 0.5
    kadis_darken: float = 0.25
    """Share of darkened pictures among KADIS's distorted ones; 0.25 makes its four codes alike."""
    kadis_milder: float = 0.5
    """Share of the milder of the two levels among KADIS's brightened and darkened pictures."""
    kadis_quality: float = 0.5
    """Share of KADIS pictures stored at the protocol's JPEG quality; the others get any quality."""
    physical_pristine: float = 0.45
    second_defect: float = 0.2
    """Chance that a physically distorted picture gets a second, different defect."""
    shallow_focus: float = 0.2
    """Share of physical pristine pictures whose background is defocused around a sharp subject."""
    lit_subject: float = 0.0
    """Share of physical pictures, good and bad, that show a lit subject before a dark ground."""
    monochrome: float = 0.06
    grain: float = 0.12
    look: float = 0.25
    """Share of pristine pictures with a harmless change of exposure and contrast."""
    natural_weight: float = 5.0
    """How many times as often a scene that is dark or bright on purpose is drawn."""
    hard_weight: float = 1.0
    """How many times as often a scene is drawn that the start calls defective with certainty as it is."""
    large_weight: float = 1.0
    """How many times as often a scene is drawn whose photo fills a full frame without being enlarged."""
    native_crop: float = 0.35
    """Share of pictures cut at native scale where the whole frame would fit too."""
    montage: float = 0.0
    """Share of frames that show two scenes, side by side or one above the other."""
    recolour: float = 0.0
    """Share of frames whose channels change places and whose colours get paler."""
    empty_ground: float = 0.0
    """Share of frames of which only a part is seen, on a ground that is nearly black or nearly white."""
    frame_pictures: int = 1
    """Pictures in a row that are drawn from one frame."""
    corrections: float = 0.25
    """Share of pictures that are a photographer's own, where a table of corrections is given."""


@dataclass(frozen=True, slots=True)
class PhysicalRanges:
    """Strengths of the physical distortions; lengths in pixels of a frame 512 pixels wide.

    What lies between "not visible" and "clearly wrong" is left out on purpose.
    """

    defocus_radius: Range = (1.7, 10.0)
    shaken: float = 0.5
    """Share of shaken pictures among the blurred ones; the others are out of focus."""
    shake_length: Range = (5.0, 28.0)
    shake_line: float = 0.4
    """Share of shakes that are straight lines; the others are smooth random paths."""
    under_ev: Range = (-4.5, -1.5)
    over_ev: Range = (1.2, 3.5)
    shot_noise: Range = (0.0005, 0.006)
    """Variance of the shot noise per unit of linear light, before the picture is pushed."""
    read_noise: Range = (0.0005, 0.004)
    """Standard deviation of the read noise in linear light 0..1."""
    black_crush: Range = (0.0, 0.012)
    """Linear light taken away from an under-exposed picture, as a camera's black level does."""
    harmless_ev: Range = (-0.45, 0.4)
    harmless_contrast: Range = (0.85, 1.15)
    grain_deviation: Range = (0.01, 0.05)
    background_radius: Range = (3.0, 12.0)
    dark_ground_ev: Range = (-5.0, -2.0)
    """By how much the ground around a lit subject is darkened, in EV."""
    jpeg_quality: tuple[int, int] = (70, 97)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch of training in which what learns, at which size and how fast stays the same."""

    name: str
    rows: int
    columns: int
    epochs: int
    steps: int
    batch: int
    learning_rate: float
    trainable: Trainable = "all"
    schedule: Schedule = "constant"
    warmup_steps: int = 0
    frozen_batchnorm: bool = False
    """True runs the backbone in inference mode: BatchNorm statistics fixed, stochastic depth off."""
    loss_weights: tuple[float, ...] = ()
    """Weight of each head in the loss; empty for all alike."""
    batchnorm_momentum: float = 0.99
    """Weight of the old statistics at each step; a short stage needs less, or its statistics lag."""
    patience: int = 0
    """Epochs without a lower validation loss after which the stage ends with its best epoch; 0 for never."""


@dataclass(frozen=True, slots=True)
class RunConfig:
    """A whole run: data, draws, stages and seed."""

    recipe: str
    stages: tuple[Stage, ...]
    seed: int = 42
    generation: int = 2
    hidden_heads: bool = True
    """False for the heads of generation 1's first form: one Dense(1) each."""
    input_scale: float = 1.0
    """What the picture's values 0..255 are multiplied by before the backbone's own normalisation."""
    split: Literal["hash", "published"] = "hash"
    backbone_weights: str = "none"
    before: tuple[str, ...] = ()
    """Recipes that the network went through before this run, the first first."""
    corrections: str = ""
    """Path of a table of a photographer's own labels."""
    night_table: str = ""
    """Path of a table path,night for the night head of generation 3."""
    stochastic_depth: float = 0.0
    weight_decay: float = 1e-5
    start_share: float = 0.0
    """Share of the start's weights in the finished network, where a trained network is trained on, 0..1."""
    precision: Precision = "float32"
    mix: SampleMix = field(default_factory=SampleMix)
    physical: PhysicalRanges = field(default_factory=PhysicalRanges)
    validation_pictures: int = 240
    photo_limit: int | None = None
    """Uses only so many scenes of each part; for trials."""


def to_json(config: RunConfig) -> dict[str, Any]:
    """The configuration as plain JSON values."""
    return dataclasses.asdict(config)


def save(config: RunConfig, path: Path) -> None:
    """Writes the configuration as JSON."""
    path.write_text(json.dumps(to_json(config), indent=2) + "\n", encoding="utf-8")


def load(path: Path) -> RunConfig:
    """Reads what `save` wrote.

    Raises:
        OSError: If the file can't be read.
        ValueError: If it isn't JSON.
        TypeError: If a key isn't known.
    """
    return from_json(json.loads(path.read_text(encoding="utf-8")))


def from_json(values: dict[str, Any]) -> RunConfig:
    """The configuration whose `to_json` is `values`."""
    values = dict(values)
    values["stages"] = tuple(
        Stage(**stage | {"loss_weights": tuple(stage.get("loss_weights", ()))}) for stage in values["stages"]
    )
    values["before"] = tuple(values.get("before", ()))
    values["mix"] = SampleMix(**values["mix"])
    ranges: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values["physical"].items()
    }
    values["physical"] = PhysicalRanges(**ranges)
    return RunConfig(**values)
