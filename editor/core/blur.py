"""Blur: a Gaussian in linear light, as an unfocused lens would."""

from dataclasses import dataclass
from typing import ClassVar

from editor.core.gaussian import gaussian_blur, reach
from editor.core.operation import Operation
from editor.core.parameter import Parameter
from editor.core.working_space import Linear

RADIUS = Parameter("radius", "px", 0.0, 0.0, 100.0, 0.0, 20.0, 0.1, 1)


@dataclass(frozen=True, slots=True)
class Blur(Operation):
    """Stored parameters.

    Attributes:
        radius: Standard deviation of the Gaussian in pixels of the full size.
    """

    NAME: ClassVar[str] = "blur"
    PARAMETERS: ClassVar[tuple[Parameter, ...]] = (RADIUS,)

    radius: float = 0.0


def blur_reach(stored: Blur, scale: float) -> int:
    """How many pixels away the operation looks, at a render scale."""
    return reach(stored.radius, scale)


def blur(linear: Linear, stored: Blur, scale: float) -> Linear:
    """Blurs linear working pixels.

    Args:
        linear: Shape (H, W, 3).
        stored: The parameters.
        scale: Size of this rendering in relation to the full size.
    """
    return gaussian_blur(linear, stored.radius, scale)
