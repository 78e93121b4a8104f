"""Which devices train, and in which precision; the same call for two cores, one GPU and several."""

import logging

import keras

from training.config import RunConfig

_LOG = logging.getLogger(__name__)


def share_batches() -> int:
    """Splits every batch over all GPUs (or TPUs) where there are several.

    Keras does this itself, by data parallelism, on its JAX backend; elsewhere one device trains.

    Returns:
        The number of devices that share a batch.
    """
    if keras.backend.backend() != "jax":
        return 1
    devices = keras.distribution.list_devices()
    if len(devices) > 1:
        keras.distribution.set_distribution(keras.distribution.DataParallel(devices=devices))
        _LOG.info("every batch is shared by %d devices", len(devices))
    return len(devices)


def begin_precision(run: RunConfig) -> None:
    """Builds what follows in the run's precision; variables stay 32-bit floats in all of them."""
    keras.config.set_dtype_policy(run.precision)


def end_precision() -> None:
    """Builds what follows in 32-bit floats again."""
    keras.config.set_dtype_policy("float32")
