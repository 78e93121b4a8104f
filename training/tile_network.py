"""The networks that judge one tile at native resolution: the published small one and a slim rival."""

from typing import Any

import keras
from keras import layers, ops

from training.tile_config import Architecture
from training.tile_files import TILE_INPUT, TILE_OUTPUT

BINS = 6
"""Side of the grid that the published network pools any tile to."""


@keras.saving.register_keras_serializable(package="framesift")
class AdaptiveMaxPool(layers.Layer):  # type: ignore[misc]  # Keras has no types
    """Maxima over a grid of 6 x 6 overlapping parts, whatever the size.

    Part i of n pixels reaches from floor(i n / 6) to ceil((i + 1) n / 6), as in PyTorch.
    """

    def call(self, signal: Any) -> Any:
        """From (N, H, W, C), H and W known and at least 6, to (N, 6, 6, C)."""
        return _pooled(_pooled(signal, 1), 2)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Keras asks for it."""
        return (input_shape[0], BINS, BINS, input_shape[3])


def _pooled(signal: Any, axis: int) -> Any:
    """Maxima over six parts of one axis, by arithmetic that also holds while the size is unknown."""
    size = signal.shape[axis]
    parts = []
    for part in range(BINS):
        low, high = part * size // BINS, -(-(part + 1) * size // BINS)
        piece = signal[:, low:high] if axis == 1 else signal[:, :, low:high]
        parts.append(ops.max(piece, axis=axis, keepdims=True))
    return ops.concatenate(parts, axis=axis)


def build_tile_network(architecture: Architecture, side: int) -> keras.Model:
    """A network from ``tile`` (N, side, side, 3) in 0..255 to one logit, above 0 for not sharp.

    The weights fit every side, so a network is moved to another size by `at_side`.
    """
    tile = keras.Input((side, side, 3), name=TILE_INPUT)
    scaled = layers.Rescaling(1 / 127.5, offset=-1.0, name="scaled")(tile)
    signal = _passing(scaled) if architecture == "passing" else _slim(scaled)
    return keras.Model(tile, layers.Dense(1, name=TILE_OUTPUT)(signal), name=f"framesift_tile_{architecture}")


def at_side(network: keras.Model, architecture: Architecture, side: int) -> keras.Model:
    """The same network for tiles of another size."""
    moved = build_tile_network(architecture, side)
    moved.set_weights(network.get_weights())
    return moved


def _passing(signal: Any) -> Any:
    """Five convolutions; the first channels that enter each are passed on beside what leaves it."""
    plan = ((6, 3, True), (8, 2, True), (26, 2, True), (22, 2, False), (22, 2, False))
    for number, (filters, passed, pools) in enumerate(plan, 1):
        beside = signal[..., :passed]
        signal = layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"conv{number}")(signal)
        if pools:
            signal = layers.MaxPooling2D(2, name=f"pool{number}")(signal)
            beside = layers.AveragePooling2D(2, name=f"beside{number}")(beside)
        signal = layers.Concatenate(name=f"stage{number}")([signal, beside])
    signal = layers.Conv2D(3, 1, activation="relu", name="narrow")(signal)
    signal = layers.Flatten(name="flat")(AdaptiveMaxPool(name="grid")(signal))
    for width in (64, 16):
        signal = layers.Dense(width, activation="relu", name=f"dense{width}")(signal)
    return signal


def _slim(signal: Any) -> Any:
    """Depthwise separable convolutions after a stem that halves the tile; maxima and means at the end."""
    signal = _normed(layers.Conv2D(16, 3, 2, padding="same", use_bias=False, name="stem")(signal), "stem")
    for number, (filters, stride) in enumerate(((24, 1), (32, 2), (32, 1), (48, 2), (48, 1), (64, 2)), 1):
        name = f"block{number}"
        deep = layers.DepthwiseConv2D(3, stride, padding="same", use_bias=False, name=f"{name}_deep")(signal)
        wide = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_wide")(_normed(deep, f"{name}_deep"))
        wide = _normed(wide, f"{name}_wide")
        is_same = stride == 1 and signal.shape[-1] == filters
        signal = layers.Add(name=f"{name}_sum")([signal, wide]) if is_same else wide
    most = layers.GlobalMaxPooling2D(name="most")(signal)
    mean = layers.GlobalAveragePooling2D(name="mean")(signal)
    return layers.Dense(32, activation="relu", name="dense32")(
        layers.Concatenate(name="pooled")([most, mean])
    )


def _normed(signal: Any, name: str) -> Any:
    normal = layers.BatchNormalization(momentum=0.97, name=f"{name}_norm")(signal)
    return layers.ReLU(6.0, name=f"{name}_relu")(normal)
