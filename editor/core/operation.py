"""What every operation has in common: stored parameters that are checked, and being neutral or not.

It must not touch pixels: each operation's own module does.
"""

from typing import Any, ClassVar, Self

from editor.core.parameter import Parameter


class Operation:
    """Stored parameters of one operation; its subclasses are frozen dataclasses with slots.

    Attributes:
        NAME: The operation's name in a recipe and its file.
        PARAMETERS: What the photographer sets; each names a field.

    Raises:
        ParameterError: if a field holds what its parameter cannot take.
    """

    __slots__ = ()
    NAME: ClassVar[str]
    PARAMETERS: ClassVar[tuple[Parameter, ...]]

    def __post_init__(self) -> None:
        for parameter in self.PARAMETERS:
            object.__setattr__(self, parameter.name, parameter.check(getattr(self, parameter.name)))

    @property
    def is_neutral(self) -> bool:
        """Whether the operation leaves every picture exactly as it is, so that it is skipped."""
        return self == type(self)()

    def with_(self, **fields: Any) -> Self:
        """The same operation with some fields changed.

        Raises:
            ParameterError: if a value is beyond its limits.
            TypeError: if there is no such field.
        """
        return type(self)(**{name: getattr(self, name) for name in self.field_names()} | fields)

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """The names of the stored fields in their order."""
        return tuple(cls.__match_args__)  # type: ignore[attr-defined]
