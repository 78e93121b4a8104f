"""Random training pictures: which distortion, how strong, in which order. The generator is passed in."""

import math
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from training import distortions, light
from training.config import PhysicalRanges, Range, SampleMix

Bytes = NDArray[np.uint8]

KADIS_LEVELS = {2: (2, 3, 4), 3: (4, 5), 16: (4, 5), 17: (4, 5)}
"""Visible levels of each KADIS code."""
KADIS_LABELS = {
    0: (0.0, 0.0, 0.0),
    2: (1.0, 0.0, 0.0),
    3: (1.0, 0.0, 0.0),
    16: (0.0, 0.0, 1.0),
    17: (0.0, 1.0, 0.0),
}
"""Labels blur, under, over of each KADIS code; 0 is pristine."""
KADIS_QUALITY = 95


class Sample(NamedTuple):
    """A picture, uint8 (H, W, 3), and its labels, float32 (3,): blur, under, over."""

    picture: Bytes
    labels: NDArray[np.float32]


class KadisDraw(NamedTuple):
    """What the KADIS protocol does to one picture; `kind` 0 leaves it as it is."""

    kind: int
    level: int
    angle: float


def draw_kadis(random: np.random.Generator, pristine_share: float = 0.0) -> KadisDraw:
    """Draws code and level: codes equally likely, allowed levels equally likely, any angle."""
    if random.random() < pristine_share:
        return KadisDraw(0, 0, 0.0)
    kind = int(random.choice(list(KADIS_LEVELS)))
    level = int(random.choice(KADIS_LEVELS[kind]))
    return KadisDraw(kind, level, float(random.uniform(0, 180)))


def kadis_sample(frame: Bytes, draw: KadisDraw, quality: int = KADIS_QUALITY) -> Sample:
    """Applies a KADIS draw and the JPEG step, which pristine pictures go through too."""
    labels = np.array(KADIS_LABELS[draw.kind], dtype=np.float32)
    return Sample(light.jpeg(kadis_picture(frame, draw), quality), labels)


def kadis_picture(frame: Bytes, draw: KadisDraw) -> Bytes:
    """Applies a KADIS draw; a pristine frame stays as it is."""
    if not draw.kind:
        return frame
    encoded = (frame / np.float32(255)).astype(np.float32)
    return light.to_bytes(distortions.kadis(encoded, draw.kind, draw.level, draw.angle))


def training_sample(
    frame: Bytes, natural: str, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator
) -> Sample:
    """One training picture from a pristine frame, by the KADIS protocol or by physics."""
    quality = int(random.integers(ranges.jpeg_quality[0], ranges.jpeg_quality[1] + 1))
    if random.random() < mix.kadis:
        draw = draw_kadis(random, mix.kadis_pristine)
        return kadis_sample(frame, draw, KADIS_QUALITY if random.random() < 0.5 else quality)
    if random.random() < mix.physical_pristine:
        picture = pristine(frame, mix, ranges, random)
        return Sample(light.jpeg(picture, quality), np.zeros(3, dtype=np.float32))
    picture, labels = defective(frame, natural, mix, ranges, random)
    return Sample(light.jpeg(picture, quality), labels)


def pristine(frame: Bytes, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator) -> Bytes:
    """A good photo with harmless changes: a look, grain, black and white, a soft background."""
    linear = light.to_linear(frame)
    if random.random() < mix.shallow_focus:
        linear = shallow_focus(linear, frame, _uniform(random, ranges.background_radius), random)
    look = random.random() < mix.look
    if look:
        linear = light.expose(linear, _uniform(random, ranges.harmless_ev))
    encoded = light.to_encoded(linear)
    if look:
        encoded = light.contrast(encoded, _uniform(random, ranges.harmless_contrast))
    return light.to_bytes(_finish(encoded, mix, ranges, random))


def defective(
    frame: Bytes, natural: str, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator
) -> tuple[Bytes, NDArray[np.float32]]:
    """A photo with one defect or two, made in linear light, and its labels."""
    blurred, ev = _draw_defects(natural, mix, ranges, random)
    linear = light.to_linear(frame)
    if blurred:
        linear = distortions.blur(linear, draw_blur_kernel(ranges, random))
    if ev:
        linear = _wrong_exposure(linear, ev, ranges, random)
    encoded = _finish(light.to_encoded(linear), mix, ranges, random)
    labels = np.array([blurred, ev < 0, ev > 0], dtype=np.float32)
    return light.to_bytes(encoded), labels


def draw_blur_kernel(ranges: PhysicalRanges, random: np.random.Generator) -> distortions.Pixels:
    """The kernel of a defocused or a shaken photo, equally likely."""
    if random.random() < 0.5:
        blades = int(random.choice([0, 5, 6, 7, 8, 9]))
        radius = _log_uniform(random, ranges.defocus_radius)
        return distortions.polygon_kernel(radius, blades, random.uniform(0, math.tau))
    length = _log_uniform(random, ranges.shake_length)
    if random.random() < ranges.shake_line:
        return distortions.line_kernel(length, random.uniform(0, 180))
    return distortions.path_kernel(shake_path(length, random))


def shake_path(length: float, random: np.random.Generator, points: int = 96) -> NDArray[np.float64]:
    """A smooth random path of a hand that cannot hold still.

    Args:
        length: The path's length in pixels.
        random: Source of every draw.
        points: How many points stand for it.

    Returns:
        Shape (points, 2).
    """
    heading = random.uniform(0, math.tau)
    turns = np.cumsum(random.normal(0, 1.6 / math.sqrt(points), points))
    speed = np.exp(np.cumsum(random.normal(0, 0.8 / math.sqrt(points), points)))
    angles = heading + np.cumsum(turns) * (4 / points)
    steps = np.stack([np.cos(angles) * speed, np.sin(angles) * speed], axis=1)
    return np.cumsum(steps * (length / speed.sum()), axis=0)


def shallow_focus(
    linear: distortions.Pixels, frame: Bytes, radius: float, random: np.random.Generator
) -> distortions.Pixels:
    """A sharp subject, where the picture has most detail, before a background out of focus."""
    width = frame.shape[1]
    subject = subject_mask(frame, random.uniform(0.14, 0.32), random.uniform(0.7, 1.6))
    background = distortions.blur(linear, distortions.disk_kernel(round(radius * width / 512 * 2) / 2 + 0.5))
    soft = cv2.GaussianBlur(subject, (0, 0), 0.012 * width)[..., None]
    return np.asarray(soft * linear + (1 - soft) * background, dtype=np.float32)


def subject_mask(frame: Bytes, size: float, tallness: float) -> distortions.Pixels:
    """An ellipse over the most detailed part of a frame: 1 inside, 0 outside, shape (H, W).

    Args:
        frame: Pristine picture.
        size: Half width as a share of the frame's width.
        tallness: Half height over half width.
    """
    height, width = frame.shape[:2]
    detail = np.abs(cv2.Laplacian(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), cv2.CV_32F))
    spread = cv2.GaussianBlur(np.minimum(detail, 60), (0, 0), size * width / 2)
    row, column = np.unravel_index(int(spread.argmax()), spread.shape)
    mask = np.zeros((height, width), dtype=np.float32)
    axes = (round(size * width), round(size * width * tallness))
    cv2.ellipse(mask, (int(column), int(row)), axes, 0, 0, 360, 1.0, -1)
    return mask


def _draw_defects(
    natural: str, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator
) -> tuple[bool, float]:
    """Whether blurred, and the exposure error in EV (0 for none); at least one of the two."""
    first = random.choice(["blur", "under", "over"], p=[0.4, 0.34, 0.26])
    both = random.random() < mix.second_defect
    blurred = bool(first == "blur" or both)
    if first == "blur" and not both:
        return True, 0.0
    darker = first == "under" or (first == "blur" and random.random() < 0.5)
    ev = _uniform(random, ranges.under_ev if darker else ranges.over_ev)
    if natural in ("night", "lowkey") and ev > 0:
        ev = max(ev, 2.8)
    if natural == "highkey" and ev < 0:
        ev = min(ev, -2.8)
    return blurred, ev


def _wrong_exposure(
    linear: distortions.Pixels, ev: float, ranges: PhysicalRanges, random: np.random.Generator
) -> distortions.Pixels:
    if ev > 0:
        return light.expose(linear, ev)
    dark = light.expose(linear, ev, _uniform(random, ranges.black_crush) if random.random() < 0.5 else 0.0)
    normal = random.standard_normal(linear.shape, dtype=np.float32)
    return light.sensor_noise(
        dark, _log_uniform(random, ranges.shot_noise), _log_uniform(random, ranges.read_noise), normal
    )


def _finish(
    encoded: distortions.Pixels, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator
) -> distortions.Pixels:
    if random.random() < mix.monochrome:
        encoded = light.monochrome(encoded)
    if random.random() < mix.grain:
        normal = random.standard_normal(encoded.shape[:2], dtype=np.float32)
        encoded = light.grain(encoded, _uniform(random, ranges.grain_deviation), normal)
    return encoded


def _uniform(random: np.random.Generator, limits: Range) -> float:
    return float(random.uniform(*limits))


def _log_uniform(random: np.random.Generator, limits: Range) -> float:
    return math.exp(random.uniform(math.log(limits[0]), math.log(limits[1])))
