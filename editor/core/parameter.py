"""A declared parameter of an operation: its name, unit, default, limits and step, said once.

It must not know widgets: a panel builds itself from what is declared here.
"""

import math
from dataclasses import dataclass


class ParameterError(ValueError):
    """A value that a parameter cannot take.

    Attributes:
        name: The parameter's name.
        reason: A clear sentence for a person, without the name.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number that a photographer sets.

    Attributes:
        name: The field of the operation that holds it.
        unit: For people: "EV", "%", "px", "°" or "" for none.
        default: The value of a photo nobody touched.
        minimum: The hard lower limit; nothing below is stored.
        maximum: The hard upper limit.
        slider_minimum: Where the slider begins; typing a number reaches the hard limit.
        slider_maximum: Where the slider ends.
        step: What one step of the slider or an arrow key changes.
        decimals: How many decimals are shown.

    Raises:
        ParameterError: if the declaration contradicts itself.
    """

    name: str
    unit: str
    default: float
    minimum: float
    maximum: float
    slider_minimum: float
    slider_maximum: float
    step: float
    decimals: int

    def __post_init__(self) -> None:
        ordered = (self.minimum, self.slider_minimum, self.slider_maximum, self.maximum)
        if list(ordered) != sorted(ordered) or self.slider_minimum == self.slider_maximum:
            raise ParameterError(self.name, f"has limits out of order: {ordered}.")
        if not self.minimum <= self.default <= self.maximum:
            raise ParameterError(self.name, f"has its default {self.default} outside its limits.")
        if self.step <= 0 or self.decimals < 0:
            raise ParameterError(self.name, "needs a step above 0 and no negative decimals.")

    def check(self, value: object) -> float:
        """The value as a float, -0.0 as 0.0.

        Raises:
            ParameterError: if it is no number, not finite or beyond the hard limits.
        """
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ParameterError(self.name, f"must be a number, not {value!r}.")
        try:
            number = float(value) + 0.0
        except OverflowError as error:
            raise ParameterError(self.name, "must be a finite number, not one beyond all bounds.") from error
        if not math.isfinite(number):
            raise ParameterError(self.name, f"must be a finite number, not {value}.")
        if not self.minimum <= number <= self.maximum:
            limits = f"{self.minimum:g} to {self.maximum:g}"
            raise ParameterError(self.name, f"must be {limits} {self.unit}".rstrip() + f", not {number:g}.")
        return number

    def clamp(self, value: float) -> float:
        """The nearest value that the parameter can take."""
        return min(max(value, self.minimum), self.maximum)


def percent(name: str, minimum: float = -100.0, maximum: float = 100.0) -> Parameter:
    """A parameter without a unit that runs from -100 to 100 around 0, as most do."""
    return Parameter(name, "", 0.0, minimum, maximum, minimum, maximum, 1.0, 0)
