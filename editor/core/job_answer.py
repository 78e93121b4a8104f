"""What became of one job, sent from a worker to whoever asked."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
"""What is worked on."""

R = TypeVar("R")
"""What the work returns."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[K, R]):
    """What became of one job.

    Attributes:
        generation: The generation it was submitted in.
        key: What was worked on.
        result: What the work returned; None if it failed.
        error: What the work raised; None if it succeeded.
    """

    generation: int
    key: K
    result: R | None
    error: Exception | None
