"""The tile network by width of the decode, and both witnesses on whole photos of real cameras."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.core.color import to_srgb8
from editor.core.decode import decode
from editor.core.folder import scan_folder
from quality.core.errors import ModelError
from quality.core.inference import QualityModel, TileModel
from quality.core.preprocess import DECODE_AT_LEAST
from quality.core.sharpness import judge_tiles
from training import distortions, light
from training.blur_fit import combined_scores
from training.photos import PictureStore, SourcePhoto
from training.split import Part, select
from training.tile_report import witness_figures
from training.tile_views import SCAN_WIDTH, STRENGTHS, Blur, TwoViews, blurred_views, draw_blur, native_view
from training.tile_witnesses import hear

Json = dict[str, Any]
WIDTHS = (512, SCAN_WIDTH, 6000)
_SCENES = 60
_LARGEST = 100.0
"""Blurs longer than this many pixels need more of a photo than there is."""
_SEED, _CAMERA_SEED = 70_000, 80_000


def by_width(photos: Sequence[SourcePhoto], store: PictureStore, model: TileModel, part: Part) -> Json:
    """How often even the sharpest tile is called soft, by the same blur seen in decodes of three widths.

    Args:
        photos: All photos.
        store: Their pixels.
        model: The network for tiles.
        part: Whose scenes are used; at most 60 of them.

    Returns:
        For each width, kind and strength in pixels at 1,500 the share called soft (a logit above 0).
    """
    scenes = select(photos, part)
    scenes = scenes[:: max(1, len(scenes) // _SCENES)][:_SCENES]
    found: Json = {}
    for width in WIDTHS:
        found[str(width)] = {
            kind: {
                f"{strength:g}": _share_soft(scenes, store, model, (kind, strength), width)
                for strength in strengths
                if strength * width / SCAN_WIDTH <= _LARGEST
            }
            for kind, strengths in STRENGTHS.items()
        }
    return found


def width_text(found: Json) -> str:
    """The same as a table."""
    lines = [
        "tiles alone, by width of the decode: share called soft, by strength in pixels at 1,500 px width"
    ]
    for kind in STRENGTHS:
        for width, kinds in found.items():
            cells = "  ".join(f"{strength}: {share:.2f}" for strength, share in kinds[kind].items())
            lines.append(f"  {kind:8}{width:>6} px  {cells}")
    return "\n".join(lines)


def camera_figures(folder: Path, model: QualityModel) -> Json:
    """Figures on whole photos of real cameras as a scan decodes them, sharp and blurred by computation.

    Raises:
        FolderError: If the folder can't be read.
        ModelError: If the model has no tile network.
        PhotoError: If a photo can't be decoded.
    """
    sharpness, tiles = model.contract.sharpness, model.sharpness
    if sharpness is None or tiles is None:
        raise ModelError(folder, "The model has no tile network; export and fit one first.")
    heard = hear(_camera_views(folder), model, tiles)
    return witness_figures(heard, combined_scores(heard, sharpness.combined, model.contract.temperature))


def _camera_views(folder: Path) -> Iterator[TwoViews]:
    for path in scan_folder(folder).photos:
        decoded = to_srgb8(decode(path, DECODE_AT_LEAST))
        random = np.random.default_rng([_CAMERA_SEED, *path.name.encode("utf-8")])
        yield TwoViews(decoded, decoded, (0, 0, 0), "pristine", 0.0, path.name)
        for kind, strengths in STRENGTHS.items():
            for strength in strengths:
                blurred = _blurred(decoded, draw_blur(kind, strength, random), random)
                yield TwoViews(blurred, blurred, (1, 0, 0), kind, strength, path.name)


def _blurred(decoded: NDArray[np.uint8], blur: Blur, random: np.random.Generator) -> NDArray[np.uint8]:
    kernel = blur.kernel(max(decoded.shape[:2]) / SCAN_WIDTH)
    soft = distortions.blur(light.to_linear(decoded), kernel)
    return light.jpeg(light.to_bytes(light.to_encoded(soft)), int(random.integers(85, 98)))


def _share_soft(
    scenes: Sequence[SourcePhoto],
    store: PictureStore,
    model: TileModel,
    wanted: tuple[str, float],
    width: int,
) -> float:
    soft = []
    for photo in scenes:
        random = np.random.default_rng([_SEED, *photo.ref.encode("utf-8")])
        native = native_view(store[photo], random)
        _, blurred = blurred_views(native, native, draw_blur(*wanted, random), random, width)
        evidence = judge_tiles(model, blurred)
        if evidence.judged:
            soft.append(evidence.sharpest > 0)
    return float(np.mean(soft)) if soft else float("nan")
