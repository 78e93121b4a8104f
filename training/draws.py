"""Draws from a range: uniform, or uniform in the logarithm, as suits lengths and variances."""

import math

import numpy as np

from training.config import Range


def uniform(random: np.random.Generator, limits: Range) -> float:
    """A number between two limits, every one equally likely."""
    return float(random.uniform(*limits))


def log_uniform(random: np.random.Generator, limits: Range) -> float:
    """A number between two positive limits, every ratio equally likely."""
    return math.exp(random.uniform(math.log(limits[0]), math.log(limits[1])))
