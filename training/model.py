"""The network: EfficientNetB0, global average pooling and one small head per defect."""

import logging
from pathlib import Path

import keras
from keras import layers

from quality.core.labels import DEFECTS, PerDefect
from training.config import Stage
from training.imagenet_weights import load_imagenet_weights
from training.lite_weights import lite_weights_file, load_lite_weights

_LOG = logging.getLogger(__name__)

BACKBONE = "efficientnetb0"
HEADS = "heads"
FEATURES = 1280
LAST_LAYERS = 40
HEAD_WIDTHS: dict[int, dict[str, tuple[int, ...]]] = {
    1: {"blur": (16,), "under": (16,), "over": (16,)},
    2: {"blur": (64, 32, 16), "under": (32, 16), "over": (32, 16)},
    3: {"blur": (64, 32, 16), "under": (32, 16), "over": (32, 16), "night": (64, 32, 16)},
}
"""Hidden widths of each head by generation, in the network's order."""
HEAD_DROPOUT = {"blur": 0.15, "under": 0.1, "over": 0.1, "night": 0.15}


def build_backbone(
    weights: str = "none", stochastic_depth: float = 0.2, input_scale: float = 1.0
) -> keras.Model:
    """EfficientNetB0 without its top, for pictures of any size, values 0..255.

    Args:
        weights: ``none`` for random, ``imagenet`` for what Keras fetches, ``lite0`` for the start that a
            dependency carries, the path of the ``.h5`` file Keras would fetch, or the path of a trained
            ``.keras`` network of this program.
        stochastic_depth: Highest drop rate of a block; the rates of the blocks rise to it in
            equal steps, as in the published network (0.2).
        input_scale: What the picture's values are multiplied by first; 1/255 where a network must see
            0..1 although its own normalisation expects 0..255, as generation 1 did.

    Raises:
        TrainingError: If the ``.h5`` file is missing or holds other weights.
        ValueError: If the ``.keras`` file is missing or holds no backbone of this kind.
    """
    is_file = weights not in ("none", "imagenet", "lite0")
    if is_file and not weights.endswith(".h5"):
        return split_network(load_network(Path(weights)))[0]
    backbone = keras.applications.EfficientNetB0(
        include_top=False,
        weights="imagenet" if weights == "imagenet" else None,
        input_shape=(None, None, 3),
        name=BACKBONE,
    )
    if is_file:
        load_imagenet_weights(backbone, Path(weights))
    if weights == "lite0":
        load_lite_weights(backbone, lite_weights_file())
    for layer in backbone.layers:
        if isinstance(layer, layers.Dropout):
            layer.rate *= stochastic_depth / 0.2
        if isinstance(layer, layers.Rescaling) and layer.scale == 1.0 / 255:
            layer.scale *= input_scale
    return backbone


def build_heads(generation: int = 2, *, hidden: bool = True) -> keras.Model:
    """From pooled features (N, 1280) to logits (N, 3): blur, under, over; never a softmax.

    Args:
        generation: 1, 2, or 3 with a fourth logit, night.
        hidden: False leaves only the last layer of each head.
    """
    features = keras.Input((FEATURES,), name="features")
    neck = layers.Dropout(0.2, name="neck_dropout")(features)
    logits = []
    for defect, widths in HEAD_WIDTHS[generation].items():
        signal = neck
        for number, width in enumerate(widths if hidden else ()):
            signal = layers.Dense(width, activation="relu", name=f"{defect}_{number + 1}")(signal)
            if number == 0 and generation >= 2:
                signal = layers.Dropout(HEAD_DROPOUT[defect], name=f"{defect}_dropout")(signal)
        logits.append(layers.Dense(1, dtype="float32", name=f"{defect}_logit")(signal))
    return keras.Model(features, layers.Concatenate(dtype="float32", name="logits")(logits), name=HEADS)


def assemble(backbone: keras.Model, heads: keras.Model, *, inference_mode: bool) -> keras.Model:
    """The whole network over shared parts.

    Args:
        backbone: From `build_backbone`.
        heads: From `build_heads`.
        inference_mode: Runs the backbone with fixed BatchNorm statistics and without stochastic
            depth, also while training.

    Returns:
        A model from ``image`` (N, H, W, 3) in 0..255 to ``logits`` (N, 3).
    """
    image = keras.Input((None, None, 3), name="image")
    signal = backbone(image, training=False) if inference_mode else backbone(image)
    pooled = layers.GlobalAveragePooling2D(name="pool")(signal)
    return keras.Model(image, heads(pooled), name="framesift_quality")


def split_network(network: keras.Model) -> tuple[keras.Model, keras.Model]:
    """The backbone and the heads of an assembled network.

    Raises:
        ValueError: If it isn't such a network.
    """
    return network.get_layer(BACKBONE), network.get_layer(HEADS)


def load_network(path: Path) -> keras.Model:
    """Reads a network that `assemble` made and Keras saved.

    Raises:
        OSError: If the file can't be read.
        ValueError: If it isn't a Keras model.
    """
    return keras.models.load_model(path, compile=False)


def shift_logits(network: keras.Model, offset: PerDefect[float]) -> None:
    """Adds an offset to the last bias of each head of an assembled network."""
    heads = split_network(network)[1]
    for defect in DEFECTS:
        bias = heads.get_layer(f"{defect.value}_logit").bias
        bias.assign(bias + offset.of(defect))


def set_trainable(backbone: keras.Model, heads: keras.Model, stage: Stage) -> None:
    """Marks what learns in a stage, layer by layer; frozen BatchNorm is frozen by type, not by place.

    Keras passes `trainable` of a model on to its layers only when the value changes, so a network that
    comes from another stage would keep its frozen layers frozen.
    """
    backbone.trainable = True
    heads.trainable = True
    learning = {"heads": 0, "night": 0, "last40": LAST_LAYERS, "all": len(backbone.layers)}[stage.trainable]
    first = len(backbone.layers) - learning
    for place, layer in enumerate(backbone.layers):
        is_frozen = stage.frozen_batchnorm and isinstance(layer, layers.BatchNormalization)
        layer.trainable = place >= first and not is_frozen
        if isinstance(layer, layers.BatchNormalization):
            layer.momentum = stage.batchnorm_momentum
    for layer in heads.layers:
        layer.trainable = stage.trainable != "night" or layer.name.startswith("night_")
    _LOG.info(
        "stage %s trains %d tensors", stage.name, len(backbone.trainable_weights + heads.trainable_weights)
    )
