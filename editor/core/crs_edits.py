"""What Camera Raw's crop and exposure mean for a recipe, and back: only where the meaning is exact.

Exposure is in stops in both, from process version 6.7 (2012) on. Everything else that Camera Raw knows (its
tone curves, colours, masks) has no equal here and is left out, and so is a crop of a picture that Camera Raw
bends first, or one that is turned or mirrored here. It must not read files.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from editor.core.crop import Crop
from editor.core.crs_crop import CrsCrop, Size, crop_from_crs, crop_to_crs
from editor.core.crs_names import CROP, OPERATIONS, WARPS, Crs
from editor.core.exposure import Exposure
from editor.core.recipe import Recipe

_SINCE = 6.7
_MOST_STOPS = 5.0
_SAME = 1e-6
_YES = frozenset({"true", "1"})


@dataclass(frozen=True, slots=True)
class CrsOffer:
    """What a recipe is to other programs in one sidecar, by the names of its operations.

    Attributes:
        wanted: The properties to set.
        shown: What they will show as it is here.
        left_out: What is left out because the meaning would not be exact.
        foreign: What stays because another program says otherwise there.
    """

    wanted: dict[Crs, str | None]
    shown: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrsEdits:
    """What was read.

    Attributes:
        crop: The crop; None where there is none or ours cannot say the same.
        exposure: The exposure; None likewise.
        left_out: What was there and was left out: "crop", "exposure".
    """

    crop: Crop | None = None
    exposure: Exposure | None = None
    left_out: tuple[str, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether a photo would look as if nothing had been read."""
        return all(operation is None or operation.is_neutral for operation in (self.crop, self.exposure))

    def applied(self, recipe: Recipe) -> Recipe:
        """A recipe with what was read in place of its own."""
        found = [operation for operation in (self.crop, self.exposure) if operation is not None]
        return recipe.with_(*found)


def edits_from_crs(values: Mapping[Crs, str], full_size: Size, orientation: int) -> CrsEdits:
    """Reads crop and exposure.

    Args:
        values: The properties of a sidecar.
        full_size: Width and height of the upright photo in pixels.
        orientation: EXIF orientation 1..8 of the photo's file.
    """
    if _is_set(values, Crs.ALREADY_APPLIED) or values.get(Crs.HAS_SETTINGS, "").lower() == "false":
        return CrsEdits()
    crop, exposure, left_out = None, None, []
    if _is_set(values, Crs.HAS_CROP):
        crop = _crop(values, full_size, orientation)
        left_out += ["crop"] if crop is None else []
    if Crs.EXPOSURE in values:
        exposure = _exposure(values)
        left_out += ["exposure"] if exposure is None else []
    return CrsEdits(crop, exposure, tuple(left_out))


def edits_to_crs(
    recipe: Recipe,
    values: Mapping[Crs, str],
    full_size: Size,
    orientation: int,
    ours: Mapping[Crs, str] | None = None,
) -> CrsOffer:
    """What a sidecar has to say so that Camera Raw shows the recipe's crop and exposure.

    A neutral crop or exposure takes back what stands there and adds nothing.

    Args:
        recipe: Ours.
        values: The properties that the sidecar has now.
        full_size: Width and height of the upright photo in pixels.
        orientation: EXIF orientation 1..8 of the photo's file.
        ours: What we wrote there last: anything else that says a crop or an exposure is another program's
            and stays. None replaces that too.
    """
    wanted: dict[Crs, str | None] = {}
    shown, left_out, foreign = [], [], []
    crop = _crop_values(recipe.crop, values, full_size, orientation)
    exposure = _exposure_values(recipe.exposure, values)
    for name, found in (("crop", crop), ("exposure", exposure)):
        neutral = getattr(recipe, name).is_neutral
        if found is None:
            left_out += [] if neutral else [name]
        elif ours is not None and _is_foreign(name, values, found, ours):
            foreign.append(name)
        else:
            wanted |= found
            shown += [] if neutral else [name]
    return CrsOffer(wanted, tuple(shown), tuple(left_out), tuple(foreign))


def _is_foreign(
    name: str, values: Mapping[Crs, str], wanted: Mapping[Crs, str | None], ours: Mapping[Crs, str]
) -> bool:
    """Whether a sidecar says an operation otherwise than wanted, and not in the words we wrote last."""
    there = {prop: values[prop] for prop in OPERATIONS[name] if prop in values}
    says_it = _is_set(there, Crs.HAS_CROP) or bool(_number(there.get(Crs.EXPOSURE, "0")))
    same = all(_agree(there.get(prop), wanted.get(prop, there.get(prop))) for prop in OPERATIONS[name])
    return says_it and not same and any(ours.get(prop) != value for prop, value in there.items())


def _crop(values: Mapping[Crs, str], full_size: Size, orientation: int) -> Crop | None:
    if not _tells_the_place(values, orientation):
        return None
    edges = [_number(values.get(prop)) for prop in CROP]
    angle = _number(values.get(Crs.CROP_ANGLE, "0"))
    if not all(math.isfinite(number) and abs(number) < 90 for number in (*edges, angle)):
        return None
    left, top, right, bottom = edges
    return crop_from_crs(CrsCrop(left, top, right, bottom, angle), full_size, orientation)


def _crop_values(
    crop: Crop, values: Mapping[Crs, str], full_size: Size, orientation: int
) -> dict[Crs, str | None] | None:
    if crop.is_neutral:
        return {Crs.HAS_CROP: "False"} if _is_set(values, Crs.HAS_CROP) else {}
    found = crop_to_crs(crop, full_size, orientation)
    if found is None or not _tells_the_place(values, orientation):
        return None
    edges = (found.left, found.top, found.right, found.bottom, found.angle)
    names = (*CROP, Crs.CROP_ANGLE)
    texts: dict[Crs, str | None] = {name: _text(edge) for name, edge in zip(names, edges, strict=True)}
    return {Crs.HAS_CROP: "True"} | texts


def _exposure(values: Mapping[Crs, str]) -> Exposure | None:
    ev = _number(values[Crs.EXPOSURE])
    exact = abs(ev) <= _MOST_STOPS and not _is_set(values, Crs.AUTO_EXPOSURE)
    return Exposure(ev) if exact and _is_current(values) else None


def _exposure_values(exposure: Exposure, values: Mapping[Crs, str]) -> dict[Crs, str | None] | None:
    if exposure.is_neutral and Crs.EXPOSURE not in values:
        return {}
    if abs(exposure.ev) > _MOST_STOPS or not _is_current(values):
        return None
    wanted: dict[Crs, str | None] = {Crs.EXPOSURE: f"{exposure.ev:+.2f}"}
    if round(exposure.ev, 2) != exposure.ev:
        wanted[Crs.EXPOSURE] = f"{exposure.ev:+.6f}"
    if Crs.PROCESS_VERSION not in values:
        wanted[Crs.PROCESS_VERSION] = f"{_SINCE}"
    if _is_set(values, Crs.AUTO_EXPOSURE):
        wanted[Crs.AUTO_EXPOSURE] = "False"
    return wanted


def _tells_the_place(values: Mapping[Crs, str], orientation: int) -> bool:
    """Whether nothing bends the picture before it is cut, and it is as upright there as here."""
    bent = any(_number(values[prop]) != neutral for prop, neutral in WARPS.items() if prop in values)
    return not bent and values.get(Crs.ORIENTATION, str(orientation)) == str(orientation)


def _is_current(values: Mapping[Crs, str]) -> bool:
    """Whether exposure means stops as it has since 2012; a sidecar without a version says so by its name."""
    version = values.get(Crs.PROCESS_VERSION)
    return version is None or _number(version) >= _SINCE


def _is_set(values: Mapping[Crs, str], prop: Crs) -> bool:
    return values.get(prop, "").lower() in _YES


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two values are the same number, or the same word in any case of letters."""
    if (one or "").lower() == (other or "").lower():
        return True
    return abs(_number(one) - _number(other)) < _SAME


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return math.nan


def _text(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") if round(value, 6) else "0"
