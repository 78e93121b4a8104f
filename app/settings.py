"""What the program remembers between two starts, typed: the table of settings, and how things were left."""

import json
import logging
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray

from app.settings_store import SettingsStore
from app.settings_table import (
    AUTO_ADVANCE,
    LAST,
    SIDECAR_NAMING,
    START_BLUR,
    START_OVER,
    START_UNDER,
    THEME,
    THUMBNAIL_MEMORY,
)
from quality.core.labels import DEFECTS
from quality.core.scene_light import DARK_LINE, DARK_LINES
from quality.core.thresholds import Mode, Modes, Thresholds, clamp_threshold, default_modes

_log = logging.getLogger(__name__)

ORDERS = ("name", "time", "rating", "score")
THUMBNAIL_SIDES = (96, 384)
"""Smallest and largest side of a thumbnail, in device-independent pixels."""
RECENT_FOLDERS = 10
MEBIBYTE = 1024 * 1024
OWN_KEYS = "own_keys"
"""What `changed` carries when the user's own keys are others."""


class Settings(SettingsStore):
    """Every preference with its default; a value that makes no sense counts as the default."""

    @property
    def theme(self) -> str:
        """``dark`` (default), ``light`` or ``system``."""
        return self.value(THEME)

    @theme.setter
    def theme(self, theme: str) -> None:
        self.set_value(THEME, theme)

    @property
    def thumbnail_side(self) -> int:
        """Side of a thumbnail's box in device-independent pixels."""
        return self._whole("look/thumbnail_side", 184, *THUMBNAIL_SIDES)

    @thumbnail_side.setter
    def thumbnail_side(self, side: int) -> None:
        self._store.setValue("look/thumbnail_side", side)

    @property
    def thumbnail_bytes(self) -> int:
        """Room for thumbnails in memory, in bytes (set in MiB)."""
        return self.value(THUMBNAIL_MEMORY) * MEBIBYTE

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty at the first start."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    @property
    def docks(self) -> QByteArray:
        """How docks and toolbars lay; empty at the first start."""
        return self._bytes("window/docks")

    @docks.setter
    def docks(self, docks: QByteArray) -> None:
        self._store.setValue("window/docks", docks)

    @property
    def recent_folders(self) -> list[Path]:
        """Folders opened last, the newest first."""
        try:
            found = json.loads(self._text("shoot/recent") or "[]")
        except ValueError:
            _log.warning("the list of recent folders is not readable; starting a new one")
            return []
        paths = found if isinstance(found, list) else []
        return [Path(path) for path in paths if isinstance(path, str)][:RECENT_FOLDERS]

    @recent_folders.setter
    def recent_folders(self, folders: Sequence[Path]) -> None:
        self._store.setValue("shoot/recent", json.dumps([str(folder) for folder in folders[:RECENT_FOLDERS]]))

    def add_recent_folder(self, folder: Path) -> None:
        """Moves a folder to the front of the recent ones."""
        self.recent_folders = [folder, *(known for known in self.recent_folders if known != folder)]

    def left(self, name: str) -> str:
        """How something was left, such as a choice in a dialog; empty at first."""
        return self._text(f"left/{name}")

    def leave(self, name: str, text: str) -> None:
        """Remembers how something is left."""
        self._store.setValue(f"left/{name}", text)

    @property
    def thresholds(self) -> Thresholds | None:
        """The user's own lines, None while the operating point was never changed."""
        try:
            values = [float(self._text(f"quality/{defect.value}_threshold")) for defect in DEFECTS]
        except ValueError:
            return None
        if not all(math.isfinite(value) for value in values):
            return None
        return Thresholds(*(clamp_threshold(value) for value in values))

    @thresholds.setter
    def thresholds(self, thresholds: Thresholds | None) -> None:
        for defect in DEFECTS:
            key = f"quality/{defect.value}_threshold"
            if thresholds is None:
                self._store.remove(key)
            else:
                self._store.setValue(key, repr(thresholds.of(defect)))

    @property
    def modes(self) -> Modes:
        """What each defect may do."""
        try:
            return Modes(*(Mode(self._text(f"quality/{defect.value}_mode")) for defect in DEFECTS))
        except ValueError:
            return default_modes()

    @modes.setter
    def modes(self, modes: Modes) -> None:
        for defect in DEFECTS:
            self._store.setValue(f"quality/{defect.value}_mode", modes.of(defect).value)

    @property
    def dark_line(self) -> float:
        """The light value below which a scene is dark, for the mode Auto."""
        try:
            value = float(self._text("quality/dark_line"))
        except ValueError:
            return DARK_LINE
        return min(DARK_LINES[1], max(DARK_LINES[0], value)) if math.isfinite(value) else DARK_LINE

    @dark_line.setter
    def dark_line(self, value: float) -> None:
        self._store.setValue("quality/dark_line", repr(value))

    @property
    def auto_advance(self) -> bool:
        """Whether marking one photo goes on to the next; off at first."""
        return self.value(AUTO_ADVANCE)

    @auto_advance.setter
    def auto_advance(self, on: bool) -> None:
        self.set_value(AUTO_ADVANCE, on)

    @property
    def order(self) -> tuple[str, bool]:
        """By what photos are sorted (one of ORDERS), and whether the order is turned round."""
        key = self._text("look/order")
        return (key if key in ORDERS else ORDERS[0], self._whole("look/order_reversed", 0, 0, 1) == 1)

    @order.setter
    def order(self, order: tuple[str, bool]) -> None:
        self._store.setValue("look/order", order[0])
        self._store.setValue("look/order_reversed", int(order[1]))

    @property
    def sidecar_naming(self) -> str:
        """How a new sidecar is called: ``adobe`` (IMG.xmp, default) or ``darktable`` (IMG.CR3.xmp)."""
        return self.value(SIDECAR_NAMING)

    @sidecar_naming.setter
    def sidecar_naming(self, naming: str) -> None:
        self.set_value(SIDECAR_NAMING, naming)

    @property
    def start_modes(self) -> Modes:
        """What each defect may do in a shoot that has no modes of its own."""
        last, chosen = self.modes, (self.value(row) for row in (START_BLUR, START_UNDER, START_OVER))
        pairs = zip(DEFECTS, chosen, strict=True)
        return Modes(*(last.of(defect) if mode == LAST else Mode(mode) for defect, mode in pairs))

    @property
    def own_keys(self) -> dict[str, tuple[str, ...]]:
        """Keys the user set, by action: at most two, none for an action without a key."""
        try:
            found = json.loads(self._text("keys/own") or "{}")
        except ValueError:
            _log.warning("the user's own keys are not readable; the preset holds")
            return {}
        entries = found.items() if isinstance(found, dict) else ()
        return {name: tuple(keys) for name, keys in entries if _are_keys(keys)}

    @own_keys.setter
    def own_keys(self, keys: Mapping[str, Sequence[str]]) -> None:
        if dict(keys) != self.own_keys:
            self._store.setValue("keys/own", json.dumps({name: list(own) for name, own in keys.items()}))
            self.changed.emit(OWN_KEYS)


def _are_keys(keys: object) -> bool:
    return isinstance(keys, list) and len(keys) <= 2 and all(isinstance(key, str) and key for key in keys)
