"""A recipe: everything a photographer changed in one photo, as numbers, never as pixels.

The order of the operations is fixed, whatever the order of the photographer's touches: what the camera did
first is repaired first. It must not know files: ``recipe_json`` does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from editor.core.blur import Blur
from editor.core.clarity import Clarity
from editor.core.color_mix import ColorMix
from editor.core.crop import Crop
from editor.core.exposure import Exposure
from editor.core.noise_reduction import NoiseReduction
from editor.core.operation import Operation
from editor.core.sharpen import Sharpen
from editor.core.tone import Tone
from editor.core.white_balance import WhiteBalance

OPERATIONS: tuple[type[Operation], ...] = (
    Crop,
    NoiseReduction,
    WhiteBalance,
    Exposure,
    Tone,
    Clarity,
    ColorMix,
    Blur,
    Sharpen,
)
"""All operations in the order in which they apply."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One set of every operation; hashable, so that it may be the key of what was rendered.

    Attributes:
        crop: See ``Crop``; the others likewise.
    """

    crop: Crop = field(default_factory=Crop)
    noise_reduction: NoiseReduction = field(default_factory=NoiseReduction)
    white_balance: WhiteBalance = field(default_factory=WhiteBalance)
    exposure: Exposure = field(default_factory=Exposure)
    tone: Tone = field(default_factory=Tone)
    clarity: Clarity = field(default_factory=Clarity)
    color_mix: ColorMix = field(default_factory=ColorMix)
    blur: Blur = field(default_factory=Blur)
    sharpen: Sharpen = field(default_factory=Sharpen)

    def __iter__(self) -> Iterator[Operation]:
        """The operations in the order in which they apply."""
        return (self.of(kind) for kind in OPERATIONS)

    def of(self, kind: type[Operation]) -> Operation:
        """The recipe's operation of a kind."""
        found = getattr(self, kind.NAME)
        if not isinstance(found, kind):
            raise TypeError(f"a recipe has no operation {kind.__name__}")
        return found

    def with_(self, *operations: Operation) -> "Recipe":
        """The recipe with some operations replaced."""
        return replace(self, **{operation.NAME: operation for operation in operations})  # type: ignore[arg-type]

    def with_from(self, other: "Recipe", kinds: Iterable[type[Operation]]) -> "Recipe":
        """The recipe with chosen operations taken from another: what paste and sync do."""
        return self.with_(*(other.of(kind) for kind in kinds))

    @property
    def is_neutral(self) -> bool:
        """Whether the photo is left exactly as it is."""
        return all(operation.is_neutral for operation in self)

    @property
    def keeps_colors(self) -> bool:
        """Whether nothing but the crop is set."""
        return all(operation.is_neutral for operation in self if not isinstance(operation, Crop))


NEUTRAL = Recipe()
"""The recipe of a photo nobody touched."""
