"""Takes marks over from sidecars and publishes marks to them: called on a worker thread; no Qt.

The model's verdicts never come here, and originals are never written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.edit_offer import NO_OFFERS, EditOffers, offer_edits
from app.shoot_keeper import ShootKeeper
from editor.core.marks import NO_MARKS, Decider, Marks, Provenance, RecordedMarks
from editor.core.recipe import Recipe
from editor.core.shoot_records import SeenSidecar, place_key
from editor.core.xmp_errors import SidecarChangedError, SidecarError, SidecarWriteError
from editor.core.xmp_marks import RejectRating, take_over
from editor.core.xmp_paths import SidecarNaming, find_sidecars, sidecars_to_write, with_sidecars
from editor.core.xmp_sidecar import read_sidecar, sidecar_changed, write_sidecar

MarksOf = Mapping[Path, RecordedMarks]


@dataclass(frozen=True, slots=True)
class SidecarStyle:
    """How sidecars are written.

    Attributes:
        naming: How a new sidecar is called.
        reject_rating: When a reject takes the place of the stars.
        edits: Whether crop and exposure are offered, where they mean exactly the same to other programs.
        replace: Whether a crop or an exposure of another program is replaced.
    """

    naming: SidecarNaming = SidecarNaming.ADOBE
    reject_rating: RejectRating = RejectRating.WITHOUT_STARS
    edits: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What sidecars changed.

    Attributes:
        before: The marks this was decided on, by photo.
        marks: The new marks of photos whose marks changed.
        refused: Sidecars that could not be read; they stay as they are.
    """

    before: MarksOf
    marks: dict[Path, RecordedMarks]
    refused: tuple[SidecarError, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did.

    Attributes:
        taken: What other programs had changed meanwhile; it was taken over first.
        written: Sidecars that say our marks now.
        clashes: Sidecars that photos with different marks share; they stay as they are.
        refused: Sidecars that cannot be used as they are; they stay so.
        failed: Sidecars that could not be written now; the same may work later.
        offers: What other programs see of edits.
    """

    taken: TakenOver
    written: int
    clashes: tuple[Path, ...]
    refused: tuple[SidecarError, ...]
    failed: tuple[SidecarError, ...] = ()
    offers: EditOffers = NO_OFFERS


def read_sidecars(keeper: ShootKeeper, photos: Sequence[Path], marks: MarksOf) -> TakenOver:
    """Takes over what other programs wrote since it was last seen, and saves it.

    Args:
        keeper: Keeps the shoot; nothing is stored where no sidecar says anything.
        photos: Photos to look at.
        marks: Their marks; none for a photo nobody has marked.

    Raises:
        StoreError: It could not be saved; nothing is taken over.
        OSError: There is no place for a store.
    """
    seen = {} if keeper.store is None else keeper.store.load_sidecars()
    changed: dict[Path, RecordedMarks] = {}
    sidecars: dict[str, SeenSidecar | None] = {}
    refused: list[SidecarError] = []
    for photo in with_sidecars(photos):
        ours = marks[photo].marks if photo in marks else NO_MARKS
        after = ours
        for path in reversed(find_sidecars(photo)):
            key = place_key(keeper.folder, path)
            before = seen.get(key)
            try:
                if not sidecar_changed(path, before.stamp if before else None):
                    continue
                now = read_sidecar(path)
            except SidecarError as error:
                refused.append(error)
                continue
            if now is not None:
                after = take_over(after, now.properties, before.properties if before else None)
                sidecars[key] = SeenSidecar(now.properties, now.stamp)
        if after != ours:
            changed[photo] = RecordedMarks(after, Provenance.now(Decider.SIDECAR, badge_seen=False))
    if changed or (sidecars and keeper.store is not None):
        keeper.take_over(changed, sidecars)
    return TakenOver(marks, changed, tuple(refused))


def publish(
    keeper: ShootKeeper,
    photos: Sequence[Path],
    marks: MarksOf,
    style: SidecarStyle,
    recipes: Mapping[Path, Recipe] | None = None,
) -> Published:
    """Writes marks where other programs read them; what these changed meanwhile comes first.

    Args:
        keeper: Keeps the shoot.
        photos: Photos, with all others that share a sidecar; one without marks gets no new sidecar.
        marks: Their marks.
        style: How sidecars are written.
        recipes: Their recipes, which are offered where the style says so.

    Raises:
        StoreError: What was seen could not be saved.
        OSError: There is no place for a store.
    """
    store = keeper.opened()
    offers = NO_OFFERS
    if style.edits and recipes:
        offers = offer_edits(keeper, recipes, style.naming, replace=style.replace)
    taken = read_sidecars(keeper, photos, marks)
    now = dict(marks) | taken.marks
    seen = store.load_sidecars()
    users: dict[Path, set[Marks]] = {}
    # A photo that was moved away meanwhile took its sidecars along: none is made where it was.
    for photo in (each for each in photos if each.is_file()):
        for path in sidecars_to_write(photo, style.naming):
            users.setdefault(path, set()).add(now[photo].marks if photo in now else NO_MARKS)
    written, refused, failed = 0, [], []
    unreadable = {error.path for error in taken.refused}
    for path, wanted in users.items():
        if len(wanted) > 1 or path in unreadable:
            continue
        key = place_key(keeper.folder, path)
        try:
            known = seen.get(key) or _first_seen(path)
            stamp = known.stamp if known else None
            sidecar = write_sidecar(path, next(iter(wanted)), seen=stamp, reject_rating=style.reject_rating)
        except (SidecarWriteError, SidecarChangedError) as error:
            failed.append(error)
            continue
        except SidecarError as error:
            refused.append(error)
            continue
        if sidecar is not None:
            # Saved one by one: after a kill our own writing is not taken for that of another program.
            now_seen = SeenSidecar(sidecar.properties, sidecar.stamp)
            if now_seen != seen.get(key):
                store.save_sidecars({key: now_seen})
            written += 1
    clashes = tuple(path for path, wanted in users.items() if len(wanted) > 1)
    refused = [*taken.refused, *(error for error in offers.refused if error.path not in unreadable), *refused]
    return Published(taken, written, clashes, tuple(refused), (*offers.failed, *failed), offers)


def _first_seen(path: Path) -> SeenSidecar | None:
    """A sidecar that said nothing of marks when it was read, so that it was not stored."""
    sidecar = read_sidecar(path)
    return None if sidecar is None else SeenSidecar(sidecar.properties, sidecar.stamp)
