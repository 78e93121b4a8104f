"""Offers crop and exposure of edited photos in their sidecars, and finds those of other programs; no Qt.

Called on a worker thread. Only where the meaning is exact, and never over what another program wrote, unless
that is asked for.
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.shoot_keeper import ShootKeeper
from editor.core.crop import Crop
from editor.core.crs_edits import CrsEdits, CrsOffer
from editor.core.crs_names import Crs
from editor.core.crs_sidecar import plan_crs_edits, read_crs_edits, write_crs_edits
from editor.core.errors import PhotoError
from editor.core.exposure import Exposure
from editor.core.photo_formats import RAW_SUFFIXES
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.shoot_records import VersionedText, place_key
from editor.core.xmp_errors import SidecarChangedError, SidecarError, SidecarWriteError
from editor.core.xmp_paths import SidecarNaming, find_sidecars, sidecars_to_write

_SETTING, _VERSION = "crs_offered", 1

Said = dict[str, dict[Crs, str]]
"""What we wrote last, by the place of the sidecar in the shoot."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EditOffers:
    """What other programs see of edits.

    Attributes:
        shown: Photos whose crop or exposure they show as it is here.
        left_out: Photos of which they would not show the same.
        foreign: Photos where another program says otherwise, which stays.
        refused: Sidecars that cannot be used as they are.
        failed: Sidecars that could not be written now; the same may work later.
    """

    shown: tuple[Path, ...] = ()
    left_out: tuple[Path, ...] = ()
    foreign: tuple[Path, ...] = ()
    refused: tuple[SidecarError, ...] = ()
    failed: tuple[SidecarError, ...] = ()


NO_OFFERS = EditOffers()
"""Nothing is offered."""


def plan_edits(
    keeper: ShootKeeper, recipes: Mapping[Path, Recipe], naming: SidecarNaming, *, replace: bool = False
) -> EditOffers:
    """Says what `offer_edits` would do; writes nothing. Takes and raises the same."""
    return _Offering(keeper, naming, replace).plan(recipes)


def offer_edits(
    keeper: ShootKeeper, recipes: Mapping[Path, Recipe], naming: SidecarNaming, *, replace: bool = False
) -> EditOffers:
    """Writes crop and exposure where other programs read them.

    Args:
        keeper: Keeps the shoot; it remembers what was written, so that it is known again.
        recipes: Of photos, with all others that share a sidecar; a neutral one takes back what we wrote.
        naming: How a new sidecar is called.
        replace: Whether what another program wrote is replaced.

    Raises:
        StoreError: What was written could not be remembered.
        OSError: There is no place for a store.
    """
    return _Offering(keeper, naming, replace).offer(recipes)


def find_edits(
    keeper: ShootKeeper, photos: Sequence[Path]
) -> tuple[dict[Path, CrsEdits], tuple[SidecarError, ...]]:
    """Crop and exposure that other programs wrote beside some photos, also what ours cannot say the same of.

    What we wrote ourselves is not among them.

    Raises:
        StoreError: The store cannot be read.
        OSError: There is no place for a store.
    """
    said, found, refused = load_said(keeper), {}, []
    for photo in photos:
        for sidecar in find_sidecars(photo)[:1]:
            ours = said.get(place_key(keeper.folder, sidecar))
            try:
                edits = read_crs_edits(sidecar, photo, ours)
            except SidecarError as error:
                refused.append(error)
                continue
            except PhotoError as error:
                _log.info("edits beside %s are not looked at: %s", photo, error)
                continue
            if edits.left_out or not edits.changes_nothing:
                found[photo] = edits
    return found, tuple(refused)


def load_said(keeper: ShootKeeper) -> Said:
    """What we wrote last; nothing where that cannot be understood, so that it counts as another program's."""
    text = None if keeper.store is None else keeper.store.load_settings().get(_SETTING)
    if text is None or text.version != _VERSION:
        return {}
    try:
        return {
            str(key): {Crs[name]: str(value) for name, value in values.items()}
            for key, values in json.loads(text.text).items()
        }
    except (KeyError, AttributeError):
        _log.warning("what was offered in sidecars is not readable")
        return {}


class _Offering:
    """One round over some photos."""

    def __init__(self, keeper: ShootKeeper, naming: SidecarNaming, replace: bool) -> None:
        self._keeper, self._naming, self._replace = keeper, naming, replace
        self._said = load_said(keeper)

    def plan(self, recipes: Mapping[Path, Recipe]) -> EditOffers:
        found = _Found()
        for sidecar, photo, ours in self._pairs(recipes, found):
            found.try_one(photo, partial(plan_crs_edits, sidecar, photo, recipes[photo], ours))
        return found.offers()

    def offer(self, recipes: Mapping[Path, Recipe]) -> EditOffers:
        found, said = _Found(), dict(self._said)
        for sidecar, photo, ours in self._pairs(recipes, found):
            found.try_one(photo, partial(self._write, sidecar, photo, recipes[photo], ours, said))
        return found.offers()

    def _write(
        self,
        sidecar: Path,
        photo: Path,
        recipe: Recipe,
        ours: Mapping[Crs, str] | None,
        said: Said,
    ) -> CrsOffer:
        key = place_key(self._keeper.folder, sidecar)
        made = write_crs_edits(sidecar, photo, recipe, ours)
        if made.said != said.get(key, {}):
            said[key] = made.said
            if not made.said:
                del said[key]
            # One by one: after a kill our own writing is not taken for that of another program.
            text = json.dumps({place: {p.name: v for p, v in each.items()} for place, each in said.items()})
            self._keeper.opened().save_settings({_SETTING: VersionedText(_VERSION, text)})
        return made.offer

    def _pairs(
        self, recipes: Mapping[Path, Recipe], found: "_Found"
    ) -> list[tuple[Path, Path, Mapping[Crs, str] | None]]:
        """Every sidecar with its photo, a RAW file before others, and what we wrote there last."""
        users: dict[Path, list[Path]] = {}
        for photo, recipe in recipes.items():
            edited = _offered(recipe) != _offered(NEUTRAL)
            # A photo that was moved away meanwhile took its sidecars along: none is made where it was.
            if (edited or self._said) and photo.is_file():
                for sidecar in sidecars_to_write(photo, self._naming):
                    users.setdefault(sidecar, []).append(photo)
        pairs: list[tuple[Path, Path, Mapping[Crs, str] | None]] = []
        for sidecar, photos in users.items():
            ours = self._said.get(place_key(self._keeper.folder, sidecar), {})
            wanted = {_offered(recipes[photo]) for photo in photos}
            if len(wanted) > 1:
                found.left_out.update(photos)
            elif ours or wanted != {_offered(NEUTRAL)}:
                photo = next((each for each in photos if each.suffix.lower() in RAW_SUFFIXES), photos[0])
                pairs.append((sidecar, photo, None if self._replace else ours))
        return pairs


def _offered(recipe: Recipe) -> tuple[Crop, Exposure]:
    """What of a recipe other programs may see."""
    return recipe.crop, recipe.exposure


class _Found:
    """What is found out photo by photo."""

    def __init__(self) -> None:
        self.shown: dict[Path, None] = {}
        self.left_out: set[Path] = set()
        self.foreign: set[Path] = set()
        self.refused: list[SidecarError] = []
        self.failed: list[SidecarError] = []

    def try_one(self, photo: Path, work: Callable[[], CrsOffer]) -> None:
        try:
            offer = work()
        except (SidecarWriteError, SidecarChangedError) as error:
            self.failed.append(error)
            return
        except SidecarError as error:
            self.refused.append(error)
            return
        except PhotoError as error:
            _log.info("the edits of %s are not offered: %s", photo, error)
            return
        self.shown |= dict.fromkeys([photo] if offer.shown else [])
        self.left_out |= {photo} if offer.left_out else set()
        self.foreign |= {photo} if offer.foreign else set()

    def offers(self) -> EditOffers:
        left_out, foreign = tuple(sorted(self.left_out)), tuple(sorted(self.foreign))
        return EditOffers(tuple(self.shown), left_out, foreign, tuple(self.refused), tuple(self.failed))
