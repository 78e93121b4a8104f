"""How much texture a tile needs before anybody can tell sharp from soft, measured on pairs of tiles."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quality.core.inference import TileModel
from quality.core.tiles import tile_places
from training import light
from training.photos import PictureStore, SourcePhoto
from training.tile_views import blurred_views, draw_blur, native_view

Floats = NDArray[np.float64]

WANTED = 0.9
"""Share of pairs whose blurred tile must be called softer than the other."""
_SEED = 50_000
_PLACES = 2
_WINDOW = 60
_STRENGTHS = {"defocus": 4.0, "shake": 12.0}


class TexturedPair(NamedTuple):
    """A tile as it is and blurred: the lower texture of the two, and how much softer the blurred one is."""

    texture: float
    softer: float


def least_texture(pairs: Sequence[TexturedPair], wanted: float = WANTED) -> tuple[float, dict[str, float]]:
    """The texture from which on enough pairs are ranked rightly.

    Args:
        pairs: Measured, in any order.
        wanted: Share of right pairs among the 60 of most similar texture.

    Returns:
        The lowest texture above which no neighbourhood does worse; and the shares measured below it, and
        from it on.
    """
    ordered = sorted(pairs)
    textures = np.array([pair.texture for pair in ordered])
    right = np.array([pair.softer > 0 for pair in ordered], dtype=np.float64)
    window = min(_WINDOW, len(ordered))
    shares = np.convolve(right, np.ones(window) / window, mode="valid")
    failing = np.flatnonzero(shares < wanted)
    place = 0 if len(failing) == 0 else min(len(ordered) - 1, int(failing[-1]) + window)
    least = max(0.1, round(float(textures[place]), 2))
    below, above = right[textures < least], right[textures >= least]
    return least, {
        "pairs": float(len(ordered)),
        "right_below": round(float(below.mean()), 4) if len(below) else 1.0,
        "right_from": round(float(above.mean()), 4) if len(above) else 0.0,
    }


def textured_pairs(
    photos: Sequence[SourcePhoto], store: PictureStore, model: TileModel
) -> Iterator[TexturedPair]:
    """Random places of unseen photos, whatever they show, each also defocused or shaken."""
    side = model.contract.side
    for photo in photos:
        random = np.random.default_rng([_SEED, *photo.ref.encode("utf-8")])
        native = native_view(store[photo], random)
        if min(native.shape[:2]) < side:
            continue
        for place in range(_PLACES):
            top = int(random.integers(native.shape[0] - side + 1))
            left = int(random.integers(native.shape[1] - side + 1))
            tile = np.ascontiguousarray(native[top : top + side, left : left + side])
            kind = ("defocus", "shake")[place % 2]
            blur = draw_blur(kind, _STRENGTHS[kind], random)
            _, soft = blurred_views(tile, tile, blur, random)
            good = light.jpeg(tile, int(random.integers(75, 98)))
            logits = model.run(np.stack([good, soft]).astype(np.float32))
            texture = min(tile_places(view, side, side)[0].texture for view in (good, soft))
            yield TexturedPair(texture, float(logits[1] - logits[0]))
