"""Compares the trained and the exported network on real photos, through the class the program uses."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from quality.core.inference import QualityModel
from quality.core.labels import PerDefect
from quality.core.preprocess import to_model_input
from quality.core.probability import to_probabilities
from training.errors import ExportRefusedError
from training.generate import reference_frame
from training.photos import PictureStore, SourcePhoto

PARITY_PHOTOS = 64
LARGEST_LOGIT_DIFFERENCE = 3e-3
LARGEST_PROBABILITY_DIFFERENCE = 1e-3


def check_parity(
    network: keras.Model, model: QualityModel, photos: Sequence[SourcePhoto], store: PictureStore
) -> dict[str, Any]:
    """Compares both forms of the network on real photos, through the class the program uses.

    Raises:
        ExportRefusedError: If they differ by more than the export allows.
    """
    chosen = photos[:: max(1, len(photos) // PARITY_PHOTOS)][:PARITY_PHOTOS]
    pairs = [_both(network, model, to_model_input(reference_frame(store[photo]))[None]) for photo in chosen]
    trained = np.concatenate([pair[0] for pair in pairs]).astype(np.float64)
    exported = np.concatenate([pair[1] for pair in pairs]).astype(np.float64)
    plain = PerDefect(1.0, 1.0, 1.0)
    logits = float(np.abs(trained - exported).max())
    chances = float(np.abs(to_probabilities(trained, plain) - to_probabilities(exported, plain)).max())
    if logits > LARGEST_LOGIT_DIFFERENCE or chances > LARGEST_PROBABILITY_DIFFERENCE:
        raise ExportRefusedError(
            f"exported and trained network differ by {logits:.2g} in a logit and {chances:.2g} in a "
            f"probability; allowed are {LARGEST_LOGIT_DIFFERENCE:g} and {LARGEST_PROBABILITY_DIFFERENCE:g}"
        )
    return {"photos": len(chosen), "logit_difference": logits, "probability_difference": chances}


def _both(
    network: keras.Model, model: QualityModel, batch: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return np.asarray(network(batch, training=False)), model.run(batch)
