"""The random draws of the physical protocol: harmless changes and defects, made in linear light."""

import numpy as np
from numpy.typing import NDArray

from training import distortions, light
from training.blur_draws import draw_blur_kernel
from training.config import PhysicalRanges, SampleMix
from training.draws import log_uniform, uniform
from training.scene_light import lit_subject
from training.shallow_focus import shallow_focus

Bytes = NDArray[np.uint8]


def pristine(frame: Bytes, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator) -> Bytes:
    """A good photo with harmless changes: a look, grain, black and white, another ground or a soft one."""
    linear = _scene(frame, mix, ranges, random)
    if random.random() < mix.shallow_focus:
        linear = shallow_focus(linear, frame, uniform(random, ranges.background_radius), random)
    look = random.random() < mix.look
    if look:
        linear = light.expose(linear, uniform(random, ranges.harmless_ev))
    encoded = light.to_encoded(linear)
    if look:
        encoded = light.contrast(encoded, uniform(random, ranges.harmless_contrast))
    return light.to_bytes(_finish(encoded, mix, ranges, random))


def defective(
    frame: Bytes, natural: str, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator
) -> tuple[Bytes, NDArray[np.float32]]:
    """A photo with one defect or two, made in linear light, and its labels."""
    blurred, ev = _draw_defects(natural, mix, ranges, random)
    linear = _scene(frame, mix, ranges, random)
    if blurred:
        linear = distortions.blur(linear, draw_blur_kernel(ranges, random))
    if ev:
        linear = _wrong_exposure(linear, ev, ranges, random)
    encoded = _finish(light.to_encoded(linear), mix, ranges, random)
    labels = np.array([blurred, ev < 0, ev > 0], dtype=np.float32)
    return light.to_bytes(encoded), labels


def _scene(
    frame: Bytes, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator
) -> distortions.Pixels:
    """The frame in linear light, sometimes with another light on its ground."""
    linear = light.to_linear(frame)
    if mix.lit_subject and random.random() < mix.lit_subject:
        return lit_subject(linear, frame, ranges, random)
    return linear


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
    ev = uniform(random, ranges.under_ev if darker else ranges.over_ev)
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
    dark = light.expose(linear, ev, uniform(random, ranges.black_crush) if random.random() < 0.5 else 0.0)
    normal = random.standard_normal(linear.shape, dtype=np.float32)
    return light.sensor_noise(
        dark, log_uniform(random, ranges.shot_noise), log_uniform(random, ranges.read_noise), normal
    )


def _finish(
    encoded: distortions.Pixels, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator
) -> distortions.Pixels:
    if random.random() < mix.monochrome:
        encoded = light.monochrome(encoded)
    if random.random() < mix.grain:
        normal = random.standard_normal(encoded.shape[:2], dtype=np.float32)
        encoded = light.grain(encoded, uniform(random, ranges.grain_deviation), normal)
    return encoded
