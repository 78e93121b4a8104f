"""Takes over the crop and exposure that another program wrote beside photos: a sheet first, never unasked.

Photos that are edited here keep what they have.
"""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.edit_offer import find_edits
from app.mark_service import MarkService
from app.numbers import number
from app.photo_list_model import PhotoListModel
from app.recipes import Recipes
from app.sheet import Sheet
from app.shoot_keeper import ShootKeeper
from editor.core.crs_edits import CrsEdits
from editor.core.exposure import EV
from editor.core.recipe import NEUTRAL
from editor.core.shoot_errors import StoreError
from editor.core.xmp_errors import SidecarError
from editor.core.xmp_paths import with_sidecars
from editor.panel.parameter_words import number_words

PORTION = 16
"""Photos with sidecars looked at in one go; marks that are given meanwhile are saved before the next."""

_log = logging.getLogger(__name__)

Found = dict[Path, CrsEdits]


class EditTakeover(QObject):
    """Lives in the GUI thread; looks once by itself after a shoot was opened, and only says what it found."""

    said = Signal(str)
    _sifted = Signal(object, list)
    _looked = Signal(object, object, object)

    def __init__(
        self, photos: PhotoListModel, service: MarkService, recipes: Recipes, window: QWidget
    ) -> None:
        """Waits for a shoot.

        Args:
            photos: The photos with their recipes.
            service: Has the thread that keeps marks.
            recipes: Where what is taken over becomes an edit, in one step that can be undone.
            window: The window.
        """
        super().__init__(window)
        self._photos, self._service, self._recipes, self._window = photos, service, recipes, window
        self._keeper: ShootKeeper | None = None
        self._left: list[Path] = []
        self._found: Found = {}
        self._refused: tuple[SidecarError, ...] = ()
        self._asked = False
        self.sheet: Sheet | None = None
        self._sifted.connect(self._take_sifted)
        self._looked.connect(self._take)

    @property
    def looking(self) -> bool:
        """Whether sidecars are being looked at."""
        return self._keeper is not None

    @Slot(list)
    def look(self, _recipes: object = None) -> None:
        """The recipes of a shoot are loaded: looks what is beside the photos that have none."""
        self._begin(asked=False)

    @Slot()
    def prepare(self) -> None:
        """Looks again, then says what would be taken over, and asks."""
        self._begin(asked=True)

    def _begin(self, *, asked: bool) -> None:
        shoot = self._photos.shoot
        self._keeper, self._asked = self._service.keeper, asked
        self._found, self._refused = {}, ()
        self._left = []
        if self._keeper is None:
            return
        given = shoot.recipes.rows
        plain = (path for row, path in enumerate(shoot.photos) if row not in given)
        beside = [path for photo in plain for path in (photo, *self._companion(photo))]
        self._service.run(partial(self._sift_now, self._keeper, beside))

    def _sift_now(self, keeper: ShootKeeper, photos: list[Path]) -> None:
        """On the thread that keeps marks: most photos have no sidecar."""
        self._sifted.emit(keeper, with_sidecars(photos))

    @Slot(object, list)
    def _take_sifted(self, keeper: ShootKeeper, photos: list[Path]) -> None:
        if keeper is self._keeper:
            self._left = photos
            self._look_on()

    def _look_on(self) -> None:
        if self._keeper is None:
            return
        portion, self._left = self._left[:PORTION], self._left[PORTION:]
        if portion:
            self._service.run(partial(self._look_now, self._keeper, portion))
        else:
            self._keeper = None
            self._show() if self._asked else self._hint()

    def _look_now(self, keeper: ShootKeeper, photos: list[Path]) -> None:
        """On the thread that keeps marks."""
        try:
            self._looked.emit(keeper, *find_edits(keeper, photos))
        except (StoreError, OSError) as error:
            _log.warning("edits beside the photos of %s are not looked at: %s", keeper.folder, error)
            self._looked.emit(keeper, {}, ())

    @Slot(object, object, object)
    def _take(self, keeper: ShootKeeper, found: Found, refused: tuple[SidecarError, ...]) -> None:
        if keeper is not self._keeper or keeper.folder != self._photos.shoot.folder:
            return
        jpegs = {raw: jpeg for jpeg, raw in self._photos.shoot.companions.items()}
        self._found |= {jpegs.get(path, path): edits for path, edits in found.items()}
        self._refused += refused
        self._look_on()

    def _companion(self, path: Path) -> tuple[Path, ...]:
        """The RAW file of a pair: other programs write beside it, and it has the recipe of its JPEG."""
        raw = self._photos.shoot.companions.get(path)
        return () if raw is None else (raw,)

    def _usable(self) -> Found:
        """What can be taken over now."""
        neutral = {path: edits for path, edits in self._found.items() if not edits.changes_nothing}
        return {path: edits for path, edits in neutral.items() if self._recipes.recipe(path) == NEUTRAL}

    def _hint(self) -> None:
        usable = self._usable()
        if usable:
            one = self.tr("1 photo has a crop or exposure of another program: Adjust, Take edits over")
            many = self.tr("{n} photos have a crop or exposure of another program: Adjust, Take edits over")
            self.said.emit((one if len(usable) == 1 else many).format(n=number(len(usable))))

    def _show(self) -> None:
        usable = self._usable()
        left_out = [path for path, edits in self._found.items() if edits.left_out]
        if not usable and not left_out and not self._refused:
            self.said.emit(self.tr("No sidecar has a crop or exposure of another program"))
            return
        one, many = (
            self.tr("1 photo gets the crop and exposure that another program wrote beside it."),
            self.tr("{n} photos get the crop and exposure that another program wrote beside them."),
        )
        rest = self.tr("Both mean exactly the same here. Left out: {left}. Photos you edited here stay.")
        sentence = f"{one if len(usable) == 1 else many} {rest}".format(
            n=number(len(usable)), left=number(len(left_out))
        )
        command = self.tr("Take over") if usable else ""
        self.sheet = Sheet(self.tr("Take edits over"), sentence, command, self._window)
        for path, edits in usable.items():
            self.sheet.add(path.name, _words(edits, self.tr))
        for path in left_out:
            words = ", ".join(self._names(self._found[path]))
            self.sheet.add(self.tr("Left out: {name}").format(name=path.name), words)
        for error in self._refused:
            self.sheet.add(
                self.tr("Stays as it is: {name}").format(name=error.path.name), "", [(error.reason, "")]
            )
        self.sheet.accepted.connect(self._accepted)
        self.sheet.open()

    def _names(self, edits: CrsEdits) -> list[str]:
        words = {"crop": self.tr("crop has no equal"), "exposure": self.tr("exposure has no equal")}
        return [words[name] for name in edits.left_out]

    @Slot()
    def _accepted(self) -> None:
        wanted = {path: edits.applied(NEUTRAL) for path, edits in self._usable().items()}
        count = self._recipes.give(wanted, self.tr("Edits of another program taken over"))
        self.said.emit(self.tr("Edits of {n} photos taken over").format(n=number(count)))


def _words(edits: CrsEdits, tr: Callable[[str], str]) -> str:
    """What is taken over, in words."""
    words = [] if edits.crop is None or edits.crop.is_neutral else [tr("crop")]
    if edits.exposure is not None and not edits.exposure.is_neutral:
        words.append(number_words(EV, edits.exposure.ev))
    return ", ".join(words)
