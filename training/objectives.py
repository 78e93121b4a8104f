"""What training minimises and watches: masked cross-entropy from logits, per head and in all."""

from collections.abc import Callable
from typing import Any

import keras
from keras import ops

from quality.core.labels import DEFECTS

UNKNOWN = -1.0
"""The label of a defect nobody judged; it adds nothing to the loss."""


def _cross_entropy(labels: Any, logits: Any) -> tuple[Any, Any]:
    known = ops.cast(labels >= 0, logits.dtype)
    labels = ops.cast(labels, logits.dtype)
    each = ops.maximum(logits, 0) - logits * labels + ops.log1p(ops.exp(-ops.abs(logits)))
    return each * known, known


@keras.saving.register_keras_serializable(package="framesift")  # type: ignore[untyped-decorator]
def masked_cross_entropy(labels: Any, logits: Any) -> Any:
    """Binary cross-entropy from logits, averaged over the known labels of each picture.

    Args:
        labels: Shape (N, 3): 0, 1 or `UNKNOWN`.
        logits: Shape (N, 3).

    Returns:
        Shape (N,).
    """
    each, known = _cross_entropy(labels, logits)
    return ops.sum(each, axis=-1) / ops.maximum(ops.sum(known, axis=-1), 1.0)


def head_losses() -> list[Callable[[Any, Any], Any]]:
    """One metric per head, named ``blur_loss`` and so on."""

    def metric(column: int, name: str) -> Callable[[Any, Any], Any]:
        def loss(labels: Any, logits: Any) -> Any:
            return _cross_entropy(labels, logits)[0][:, column]

        loss.__name__ = name
        return loss

    return [metric(column, f"{defect.value}_loss") for column, defect in enumerate(DEFECTS)]
