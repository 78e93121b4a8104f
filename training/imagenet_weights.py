"""Loads ImageNet weights from a file into a backbone that was built without them, rescaling included."""

from pathlib import Path

import keras
import numpy as np
from keras import layers

from training.errors import TrainingError


def load_imagenet_weights(backbone: keras.Model, path: Path) -> None:
    """Reads the `.h5` file that Keras publishes for EfficientNetB0 without its top.

    Keras adds a layer Rescaling(1 / sqrt(standard deviation)) only where it is asked for ``imagenet`` by
    that name, because the published weights hold standard deviations where variances should stand.
    Loaded into any other network they feed the stem a signal about 2.1 times too small, silently. Here
    the missing factor goes into the normalisation's variance, so the backbone keeps its 237 layers.

    Args:
        backbone: EfficientNetB0 built with random weights.
        path: The file.

    Raises:
        TrainingError: If the file isn't there or holds other weights.
    """
    if not path.is_file():
        raise TrainingError(f"{path} is missing; name an .h5 file of ImageNet weights or a .keras network.")
    try:
        backbone.load_weights(path)
    except (ValueError, KeyError, OSError) as error:
        raise TrainingError(f"{path} holds no EfficientNetB0 without its top: {error}") from error
    (normalization,) = [layer for layer in backbone.layers if isinstance(layer, layers.Normalization)]
    # (x - mean) / sqrt(deviation) / sqrt(deviation) is what the network was trained on.
    deviation = np.asarray(normalization.adapt_variance)
    normalization.adapt_variance.assign(deviation**2)
    normalization.finalize_state()
