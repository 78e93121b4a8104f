"""One random tile from a sharp photo, and whether it is soft. The generator is passed in."""

from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from training import distortions, kernels, light, tile_pixels
from training.blur_draws import shake_path
from training.distortions import Pixels
from training.draws import log_uniform, uniform
from training.frames import native_frame
from training.tile_config import TileMix, TileRanges

Bytes = NDArray[np.uint8]
Softness = Literal["sharp", "defocus", "shake", "enlarged", "denoised", "noise"]
_TRIES = 3


class Tile(NamedTuple):
    """A tile, uint8 (side, side, 3), what makes it soft, and how strongly (0 where it is sharp)."""

    picture: Bytes
    kind: Softness
    strength: float


def draw_tile(
    photo: Bytes, side: int, mix: TileMix, ranges: TileRanges, random: np.random.Generator
) -> Tile | None:
    """A tile for training; None where the photo shows no sharp detail at the places tried."""
    source = sharp_tile(photo, side, ranges, random)
    if source is None:
        return None
    kind = _draw_kind(mix, random)
    return finished_tile(source, kind, draw_strength(kind, ranges, random), (mix, ranges), random)


def sharp_tile(photo: Bytes, side: int, ranges: TileRanges, random: np.random.Generator) -> Bytes | None:
    """A part of a photo averaged down until it is sharp at the pixel, turned or mirrored at random.

    Args:
        photo: Pristine picture.
        side: Of the tile.
        ranges: Reductions, and how much detail a usable tile shows.
        random: Source of every draw.

    Returns:
        Shape (side, side, 3); None where no place that was tried shows sharp detail.
    """
    for _ in range(_TRIES):
        least, most = ranges.reduction
        most = max(least, min(most, min(photo.shape[:2]) / side))
        span = round(side * random.uniform(least, most))
        part = native_frame(photo, span, span, (random.random(), random.random()))
        tile = tile_pixels.averaged(part, side, side)
        fine, coarse = tile_pixels.detail_shares(tile, ranges.detail)
        if fine >= 0.01 and fine >= 0.25 * ranges.detail_ratio * coarse:
            return np.ascontiguousarray(np.rot90(tile, int(random.integers(4)))[:, :: random.choice([-1, 1])])
    return None


def _draw_kind(mix: TileMix, random: np.random.Generator) -> Softness:
    if random.random() >= mix.soft:
        return "sharp"
    kinds: tuple[Softness, ...] = ("defocus", "enlarged", "denoised", "noise", "shake")
    shares = [mix.defocus, mix.enlarged, mix.denoised, mix.noise]
    return kinds[int(random.choice(len(kinds), p=[*shares, 1 - sum(shares)]))]


def draw_strength(kind: Softness, ranges: TileRanges, random: np.random.Generator) -> float:
    """How strongly a tile is made soft, in the unit of its kind; 0 for a sharp one."""
    if kind == "sharp":
        return 0.0
    limits = {
        "defocus": ranges.defocus_radius,
        "shake": ranges.shake_length,
        "enlarged": ranges.enlargement,
        "denoised": ranges.denoising,
        "noise": ranges.heavy_noise,
    }
    return log_uniform(random, limits[kind])


def finished_tile(
    source: Bytes,
    kind: Softness,
    strength: float,
    how: tuple[TileMix, TileRanges],
    random: np.random.Generator,
) -> Tile:
    """Makes a sharp tile soft, or not, and sends it through what happens to all: look, camera, JPEG.

    Args:
        source: Sharp tile.
        kind: What makes it soft.
        strength: Of that.
        how: Chances and ranges of the harmless changes.
        random: Source of every draw.
    """
    mix, ranges = how
    linear = light.to_linear(source)
    if kind == "sharp" and random.random() < mix.soft_part:
        linear = _soft_part(linear, ranges, random)
    if kind in ("defocus", "shake"):
        linear = distortions.blur(linear, blur_kernel(kind, strength, ranges, random))
        if kind == "shake" and random.random() < mix.second_blur:
            linear = distortions.blur(linear, kernels.disk_kernel(round(uniform(random, (1.0, 2.5)), 1)))
    if kind == "enlarged":
        linear = tile_pixels.enlarged(linear, strength)
    encoded = _photographed(linear, mix, ranges, random)
    if kind == "denoised":
        encoded = tile_pixels.denoised(encoded, strength)
    if kind == "noise":
        normal = random.standard_normal(encoded.shape, dtype=np.float32)
        encoded = np.clip(encoded + np.float32(strength) * normal, 0, 1)
    return Tile(_stored(light.to_bytes(encoded), mix, ranges, random), kind, strength)


def blur_kernel(
    kind: Softness, strength: float, ranges: TileRanges, random: np.random.Generator
) -> kernels.Kernel:
    """The kernel of a defocused tile (radius) or a shaken one (length)."""
    if kind == "defocus":
        blades = int(random.choice([0, 5, 6, 7, 8, 9]))
        return kernels.polygon_kernel(strength, blades, random.uniform(0, 6.3))
    if random.random() < ranges.shake_line:
        return kernels.line_kernel(strength, random.uniform(0, 180))
    return kernels.path_kernel(shake_path(strength, random, points=max(96, round(4 * strength))))


def _soft_part(linear: Pixels, ranges: TileRanges, random: np.random.Generator) -> Pixels:
    """A sharp part around the most detailed place, the rest out of focus."""
    side = linear.shape[0]
    radius = round(2 * uniform(random, ranges.background_radius)) / 2
    soft = distortions.blur(linear, kernels.disk_kernel(radius))
    detail = cv2.blur(np.abs(linear - soft).mean(axis=2), (side // 4, side // 4))
    row, column = np.unravel_index(int(detail.argmax()), detail.shape)
    mask = np.zeros((side, side), np.float32)
    axes = (round(side * random.uniform(0.18, 0.4)), round(side * random.uniform(0.18, 0.4)))
    cv2.ellipse(mask, (int(column), int(row)), axes, random.uniform(0, 180), 0, 360, 1.0, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), side * random.uniform(0.01, 0.05))[..., None]
    return np.asarray(mask * linear + (1 - mask) * soft, dtype=np.float32)


def _photographed(linear: Pixels, mix: TileMix, ranges: TileRanges, random: np.random.Generator) -> Pixels:
    """Look, optics, colour filter array, noise, sharpening, grain; encoded 0..1."""
    look, camera = random.random() < mix.look, random.random() < mix.camera
    if look:
        linear = light.expose(linear, uniform(random, ranges.harmless_ev))
    if camera:
        linear = cv2.GaussianBlur(linear, (0, 0), uniform(random, ranges.optics))
    if random.random() < mix.sensor:
        normal = random.standard_normal(linear.shape, dtype=np.float32)
        shot, read = log_uniform(random, ranges.shot_noise), log_uniform(random, ranges.read_noise)
        linear = light.sensor_noise(linear, shot, read, normal)
    if camera:
        linear = tile_pixels.through_filter_array(linear)
    encoded = tile_pixels.encoded_by_table(linear)
    if camera:
        encoded = tile_pixels.sharpened(encoded, uniform(random, ranges.sharpening))
    if look:
        encoded = light.contrast(encoded, uniform(random, ranges.harmless_contrast))
    if random.random() < mix.monochrome:
        encoded = light.monochrome(encoded)
    if random.random() < mix.grain:
        normal = random.standard_normal(encoded.shape[:2], dtype=np.float32)
        encoded = light.grain(encoded, uniform(random, ranges.grain_deviation), normal)
    return np.asarray(encoded, dtype=np.float32)


def _stored(picture: Bytes, mix: TileMix, ranges: TileRanges, random: np.random.Generator) -> Bytes:
    low, high = ranges.jpeg_quality
    if random.random() < mix.stored_twice:
        picture = light.jpeg(picture, int(random.integers(low, high + 1)))
    store = tile_pixels.reduced_decode if random.random() < mix.reduced_decode else light.jpeg
    return store(picture, int(random.integers(low, high + 1)))
