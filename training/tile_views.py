"""Photos as both witnesses of blur see them: the whole frame, and native-scale pixels of a larger photo.

The photos at hand are about 512 pixels wide, a scan decodes photos at about 1,500. So a blur given in pixels
at 1,500 is put into the frame at a third of its size and into the photo's own pixels, which stand for a part
of such a decode, at its full size.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training import distortions, kernels, light, tile_pixels
from training.blur_draws import shake_path
from training.config import PhysicalRanges, SampleMix
from training.distortions import Pixels
from training.generate import reference_frame
from training.photos import SourcePhoto
from training.physical_draws import pristine
from training.shallow_focus import shallow_focus

Bytes = NDArray[np.uint8]

SCAN_WIDTH = 1500
"""Width in pixels of the decode a scan judges, for a photo of 24 megapixels; strengths are given at it."""
FRAME_WIDTH = 512
STRENGTHS = {"defocus": (1.5, 2.5, 4.0, 6.0, 10.0), "shake": (4.0, 6.0, 10.0, 16.0, 24.0, 40.0)}
"""Radius and length in pixels at `SCAN_WIDTH`."""
CLEAR = {"defocus": 2.5, "shake": 6.0}
"""From which strength on a blur must be found."""
BACKGROUNDS = (3.0, 5.0, 8.0, 12.0)
"""Defocus behind a sharp subject, pixels of a frame 512 wide."""
EXPOSURES = {"under": (-1.5, -2.0, -2.5, -3.0, -4.0), "over": (1.0, 1.5, 2.0, 2.5, 3.0)}
_SEED = 40_000


@dataclass(frozen=True, slots=True)
class Blur:
    """A blur of a photo `SCAN_WIDTH` pixels wide, which can be put at any scale.

    Attributes:
        kind: ``defocus`` or ``shake``.
        strength: Radius or length of the path in pixels.
        path: Of a shake, shape (points, 2); unused for defocus.
    """

    kind: str
    strength: float
    path: NDArray[np.float64]

    def kernel(self, scale: float) -> kernels.Kernel:
        """The kernel where a pixel is this many times smaller than at `SCAN_WIDTH`."""
        if self.kind == "defocus":
            return kernels.polygon_kernel(max(0.3, self.strength * scale), 0, 0.0)
        return kernels.path_kernel(self.path * scale)


@dataclass(frozen=True, slots=True)
class TwoViews:
    """One photo as both witnesses see it, with what is true of it.

    Attributes:
        frame: For the whole-frame network.
        native: Stands for what a scan has decoded.
        labels: Blur, under, over: 0 or 1.
        kind: ``pristine``, ``composed``, ``defocus``, ``shake``, ``under``, ``over``.
        strength: Of the defect; the background's defocus for a composed photo.
        ref: The scene.
        natural: As in `SourcePhoto`.
    """

    frame: Bytes
    native: Bytes
    labels: tuple[int, int, int]
    kind: str
    strength: float
    ref: str
    natural: str = ""


def draw_blur(kind: str, strength: float, random: np.random.Generator) -> Blur:
    """A blur; a shake is a straight line three times in ten, else a smooth random path."""
    if kind == "shake" and random.random() < 0.3:
        turn = random.uniform(0, np.pi)
        along = np.linspace(-strength / 2, strength / 2, 200)
        return Blur(kind, strength, np.stack([along * np.cos(turn), along * np.sin(turn)], axis=1))
    return Blur(kind, strength, shake_path(strength, random, points=200))


def native_view(picture: Bytes, random: np.random.Generator) -> Bytes:
    """A photo averaged down until it is sharp at the pixel, but never below a tile."""
    least = min(picture.shape[:2]) / 256
    factor = max(1.0, min(random.uniform(1.15, 1.35), least))
    return tile_pixels.averaged(picture, int(picture.shape[0] / factor), int(picture.shape[1] / factor))


def views_of(photo: SourcePhoto, picture: Bytes) -> Iterator[TwoViews]:
    """The views of one scene: good, good with a soft background, defocused, twice shaken, wrongly exposed.

    Every draw follows from the scene's name, so the set is always the same.
    """
    random = np.random.default_rng([_SEED, *photo.ref.encode("utf-8")])
    frame, native = reference_frame(picture), native_view(picture, random)
    mix, ranges = SampleMix(shallow_focus=0.0), PhysicalRanges()
    good = [_stored(pristine(view, mix, ranges, random), random) for view in (frame, native)]
    yield TwoViews(good[0], good[1], (0, 0, 0), "pristine", 0.0, photo.ref, photo.natural)
    background = float(random.choice(BACKGROUNDS))
    composed = _composed(frame, native, background, random)
    yield TwoViews(*composed, (0, 0, 0), "composed", background, photo.ref, photo.natural)
    for kind in ("defocus", "shake", "shake"):
        strength = float(random.choice(STRENGTHS[kind]))
        blurred = blurred_views(frame, native, draw_blur(kind, strength, random), random)
        yield TwoViews(*blurred, (1, 0, 0), kind, strength, photo.ref, photo.natural)
    kind = _exposure_of(photo, random)
    ev = float(random.choice(EXPOSURES[kind]))
    exposed = [_exposed(view, ev, random) for view in (frame, native)]
    labels = (0, 1, 0) if kind == "under" else (0, 0, 1)
    yield TwoViews(exposed[0], exposed[1], labels, kind, ev, photo.ref, photo.natural)


def _exposure_of(photo: SourcePhoto, random: np.random.Generator) -> str:
    """Too dark or too bright, but never as a scene is on purpose."""
    if photo.natural:
        return "over" if photo.natural == "highkey" else "under"
    return str(random.choice(["under", "over"]))


def blurred_views(
    frame: Bytes, native: Bytes, blur: Blur, random: np.random.Generator, width: int = SCAN_WIDTH
) -> tuple[Bytes, Bytes]:
    """Both views with the same blur.

    Args:
        frame: Sharp frame.
        native: Sharp pixels.
        blur: To put on both.
        random: Source of the JPEG qualities.
        width: Of the decode that the native pixels stand for.
    """
    small = distortions.blur(light.to_linear(frame), blur.kernel(FRAME_WIDTH / SCAN_WIDTH))
    large = distortions.blur(light.to_linear(native), blur.kernel(width / SCAN_WIDTH))
    return _stored(_bytes(small), random), _stored(_bytes(large), random)


def _composed(
    frame: Bytes, native: Bytes, background: float, random: np.random.Generator
) -> tuple[Bytes, Bytes]:
    """A sharp subject before a soft background; the native view's is as soft as at `SCAN_WIDTH`."""
    seed = int(random.integers(2**32))
    at_native = background * SCAN_WIDTH / native.shape[1]
    small = shallow_focus(light.to_linear(frame), frame, background, np.random.default_rng(seed))
    large = shallow_focus(light.to_linear(native), native, at_native, np.random.default_rng(seed))
    return _stored(_bytes(small), random), _stored(_bytes(large), random)


def _exposed(view: Bytes, ev: float, random: np.random.Generator) -> Bytes:
    exposed = light.expose(light.to_linear(view), ev)
    if ev < 0:
        normal = random.standard_normal(exposed.shape, dtype=np.float32)
        exposed = light.sensor_noise(exposed, 0.001, 0.001, normal)
    return _stored(_bytes(exposed), random)


def _bytes(linear: Pixels) -> Bytes:
    return light.to_bytes(tile_pixels.encoded_by_table(linear))


def _stored(picture: Bytes, random: np.random.Generator) -> Bytes:
    return light.jpeg(picture, int(random.integers(75, 98)))
