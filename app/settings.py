"""What the program remembers between two starts: one typed table over an INI file."""

import json
import logging
import math
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from quality.core.labels import DEFECTS
from quality.core.scene_light import DARK_LINE, DARK_LINES
from quality.core.thresholds import Mode, Modes, Thresholds, clamp_threshold, default_modes

_log = logging.getLogger(__name__)

THEMES = ("dark", "light")
SIDECAR_NAMINGS = ("adobe", "darktable")
ORDERS = ("name", "time", "rating", "score")
THUMBNAIL_SIDES = (96, 384)
"""Smallest and largest side of a thumbnail, in device-independent pixels."""
RECENT_FOLDERS = 10
MEBIBYTE = 1024 * 1024


class Settings:
    """Every preference with its default; a value that makes no sense counts as the default."""

    def __init__(self, file: Path) -> None:
        """Opens the settings.

        Args:
            file: The INI file; made when first written.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """``dark`` (default) or ``light``."""
        theme = self._text("look/theme")
        return theme if theme in THEMES else THEMES[0]

    @theme.setter
    def theme(self, theme: str) -> None:
        self._store.setValue("look/theme", theme)

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
        return self._whole("speed/thumbnail_mib", 256, 32, 8192) * MEBIBYTE

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
        return self._whole("culling/auto_advance", 0, 0, 1) == 1

    @auto_advance.setter
    def auto_advance(self, on: bool) -> None:
        self._store.setValue("culling/auto_advance", int(on))

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
        naming = self._text("sidecars/naming")
        return naming if naming in SIDECAR_NAMINGS else SIDECAR_NAMINGS[0]

    @sidecar_naming.setter
    def sidecar_naming(self, naming: str) -> None:
        self._store.setValue("sidecars/naming", naming)

    def save(self) -> None:
        """Writes everything to the file now."""
        self._store.sync()
        if self._store.status() is not QSettings.Status.NoError:
            _log.warning("the settings could not be written to %s", self._store.fileName())

    def _text(self, key: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) else ""

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _whole(self, key: str, default: int, low: int, high: int) -> int:
        value = self._store.value(key)
        try:
            return min(high, max(low, int(str(value)))) if value is not None else default
        except ValueError:
            return default
