"""Pictures to measure on, drawn from scenes the network never saw; the same ones every time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS
from training import distortions, kernels, light
from training.blur_draws import shake_path
from training.config import PhysicalRanges, SampleMix
from training.frames import covers
from training.generate import PRISTINE, draw_for, reference_frame
from training.photos import PictureStore, SourcePhoto
from training.physical_draws import pristine
from training.sampling import kadis_sample
from training.shallow_focus import shallow_focus

_SEED = 20_000
_COMPOSED_SEED = 30_000


@dataclass(frozen=True, slots=True)
class TestPicture:
    """One picture with what is known about it."""

    __test__ = False  # not a test case, whatever pytest thinks of the name

    picture: NDArray[np.uint8]
    labels: tuple[float, float, float]
    kind: str
    strength: float
    is_whole: bool
    """True for a whole frame, False for a crop at native scale."""
    natural: str
    ref: str


SceneDraw = Callable[[SourcePhoto, NDArray[np.uint8], bool], Iterator[TestPicture]]

STRENGTHS = {
    "defocus": (1.5, 2.0, 3.0, 4.0, 6.0),
    "shake": (4.0, 6.0, 8.0, 12.0, 20.0),
    "under": (-1.5, -2.0, -2.5, -3.0, -4.0),
    "over": (1.0, 1.5, 2.0, 2.5, 3.0),
}
"""Physical defects: radius and length in pixels of a 512-pixel frame, exposure in EV."""
COMPOSED_RADII = (3.0, 5.0, 8.0, 12.0)
"""Defocus of the background behind a sharp subject, pixels of a 512-pixel frame."""
PHYSICAL_LABELS = {
    "defocus": (1.0, 0.0, 0.0),
    "shake": (1.0, 0.0, 0.0),
    "under": (0.0, 1.0, 0.0),
    "over": (0.0, 0.0, 1.0),
}


def kadis_scene(photo: SourcePhoto, frame: NDArray[np.uint8], is_whole: bool) -> Iterator[TestPicture]:
    """The KADIS protocol: the scene once as it is and once distorted, both stored as JPEG."""
    for draw in (PRISTINE, draw_for(photo.ref, 42)):
        sample = kadis_sample(frame, draw)
        labels = (float(sample.labels[0]), float(sample.labels[1]), float(sample.labels[2]))
        kind = f"kadis-{draw.kind}" if draw.kind else "pristine"
        yield TestPicture(sample.picture, labels, kind, draw.level, is_whole, photo.natural, photo.ref)


def physical_scene(photo: SourcePhoto, frame: NDArray[np.uint8], is_whole: bool) -> Iterator[TestPicture]:
    """The physical protocol: once harmlessly changed, and each defect at one strength."""
    random = np.random.default_rng([_SEED, *photo.ref.encode("utf-8")])
    quality = int(random.integers(75, 98))
    good = light.jpeg(pristine(frame, SampleMix(), PhysicalRanges(), random), quality)
    yield TestPicture(good, (0.0, 0.0, 0.0), "pristine", 0.0, is_whole, photo.natural, photo.ref)
    for kind, strengths in STRENGTHS.items():
        if (kind, photo.natural) in {("under", "highkey"), ("over", "night"), ("over", "lowkey")}:
            continue
        strength = float(random.choice(strengths))
        picture = light.jpeg(light.to_bytes(light.to_encoded(_apply(frame, kind, strength, random))), quality)
        labels = PHYSICAL_LABELS[kind]
        yield TestPicture(picture, labels, kind, strength, is_whole, photo.natural, photo.ref)


def composed_scene(photo: SourcePhoto, frame: NDArray[np.uint8], is_whole: bool) -> Iterator[TestPicture]:
    """A sharp subject before a soft background, which must never be called blurred."""
    random = np.random.default_rng([_COMPOSED_SEED, *photo.ref.encode("utf-8")])
    radius = float(random.choice(COMPOSED_RADII))
    composed = shallow_focus(light.to_linear(frame), frame, radius, random)
    picture = light.jpeg(light.to_bytes(light.to_encoded(composed)), int(random.integers(75, 98)))
    yield TestPicture(picture, (0.0, 0.0, 0.0), "composed", radius, is_whole, photo.natural, photo.ref)


def _apply(
    frame: NDArray[np.uint8], kind: str, strength: float, random: np.random.Generator
) -> distortions.Pixels:
    linear = light.to_linear(frame)
    if kind == "defocus":
        return distortions.blur(linear, kernels.disk_kernel(strength))
    if kind == "shake":
        path = shake_path(strength, random)
        straight = random.random() < 0.5
        kernel = (
            kernels.line_kernel(strength, random.uniform(0, 180)) if straight else kernels.path_kernel(path)
        )
        return distortions.blur(linear, kernel)
    exposed = light.expose(linear, strength)
    if kind == "over":
        return exposed
    normal = random.standard_normal(linear.shape, dtype=np.float32)
    return light.sensor_noise(exposed, 0.001, 0.001, normal)


def draw_set(photos: Sequence[SourcePhoto], store: PictureStore, scene: SceneDraw) -> Iterator[TestPicture]:
    """All pictures of all scenes, scene by scene."""
    for photo in photos:
        picture = store[photo]
        yield from scene(photo, reference_frame(picture), covers(picture, INPUT_ROWS, INPUT_COLUMNS))
