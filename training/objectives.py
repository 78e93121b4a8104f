"""What training minimises and watches: masked cross-entropy from logits, per head and in all."""

from collections.abc import Callable
from typing import Any

import keras
from keras import ops

from quality.core.labels import DEFECTS


def _cross_entropy(labels: Any, logits: Any) -> tuple[Any, Any]:
    known = ops.cast(labels >= 0, logits.dtype)
    labels = ops.cast(labels, logits.dtype)
    each = ops.maximum(logits, 0) - logits * labels + ops.log1p(ops.exp(-ops.abs(logits)))
    return each * known, known


@keras.saving.register_keras_serializable(package="framesift")  # type: ignore[untyped-decorator]
def masked_cross_entropy(labels: Any, logits: Any) -> Any:
    """Binary cross-entropy from logits, averaged over the known labels of each picture.

    Args:
        labels: Shape (N, 3): 0, 1, or below 0 where nobody judged; that adds nothing.
        logits: Shape (N, 3).

    Returns:
        Shape (N,).
    """
    each, known = _cross_entropy(labels, logits)
    return ops.sum(each, axis=-1) / ops.maximum(ops.sum(known, axis=-1), 1.0)


@keras.saving.register_keras_serializable(package="framesift")
class WeightedCrossEntropy(keras.losses.Loss):  # type: ignore[misc]  # Keras has no types
    """The same with a weight for each head: (1, 1, 1, 0) teaches all but the night head."""

    def __init__(self, weights: tuple[float, ...], name: str = "weighted_cross_entropy") -> None:
        super().__init__(name=name, reduction="sum_over_batch_size")
        self.weights = tuple(weights)

    def call(self, labels: Any, logits: Any) -> Any:
        """Shape (N,): the weighted mean over the known labels of each picture."""
        each, known = _cross_entropy(labels, logits)
        weights = ops.convert_to_tensor(self.weights, dtype=logits.dtype)
        return ops.sum(each * weights, axis=-1) / ops.maximum(ops.sum(known * weights, axis=-1), 1e-6)

    def get_config(self) -> dict[str, Any]:
        """What a checkpoint stores."""
        return {"weights": self.weights, "name": self.name}


@keras.saving.register_keras_serializable(package="framesift")
class KnownAUC(keras.metrics.AUC):  # type: ignore[misc]  # Keras has no types
    """Mean AUC of some heads over the pictures whose labels for them are all known."""

    def __init__(self, start: int = 0, stop: int = 3, name: str = "auc", **_: Any) -> None:
        super().__init__(multi_label=True, num_labels=stop - start, from_logits=True, name=name)
        self.start, self.stop = start, stop

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:  # noqa: ARG002
        """Counts a batch of labels and logits, both of shape (N, heads)."""
        labels = ops.convert_to_tensor(y_true)[:, self.start : self.stop]
        is_known = ops.all(labels >= 0, axis=-1)
        super().update_state(ops.maximum(labels, 0), y_pred[:, self.start : self.stop], is_known)

    def get_config(self) -> dict[str, Any]:
        """What a checkpoint stores."""
        return {"start": self.start, "stop": self.stop, "name": self.name}


def head_losses() -> list[Callable[[Any, Any], Any]]:
    """One metric per defect, named ``blur_loss`` and so on; an unknown label counts as no loss."""

    def metric(column: int, name: str) -> Callable[[Any, Any], Any]:
        def loss(labels: Any, logits: Any) -> Any:
            return _cross_entropy(labels, logits)[0][:, column]

        loss.__name__ = name
        return loss

    return [metric(column, f"{defect.value}_loss") for column, defect in enumerate(DEFECTS)]
