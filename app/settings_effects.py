"""Lets a changed setting take effect at once, where that is possible; shows no dialog."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from app.actions import set_keys
from app.key_map import keys_of
from app.settings import OWN_KEYS, Settings
from app.settings_table import (
    AUTO_ADVANCE,
    KEY_PRESET,
    START_BLUR,
    START_OVER,
    START_THRESHOLDS,
    START_UNDER,
    THEME,
    THUMBNAIL_MEMORY,
)
from app.thumbnail_store import ThumbnailStore


class SettingsEffects(QObject):
    """Lives in the GUI thread; what waits for the next start is left alone."""

    def __init__(
        self,
        settings: Settings,
        actions: Mapping[str, QAction],
        thumbnails: ThumbnailStore,
        dress: Callable[[], None],
        judge: Callable[[], None],
        parent: QObject,
    ) -> None:
        """Connects it, and gives the actions their keys.

        Args:
            settings: What is set.
            actions: The window's actions by id.
            thumbnails: Thumbnails in memory.
            dress: Applies the theme.
            judge: Judges the open shoot by what new shoots begin with, unless it has lines of its own.
            parent: The window.
        """
        super().__init__(parent)
        self._settings, self._actions, self._thumbnails = settings, actions, thumbnails
        self._effects: dict[str, Callable[[], None]] = {
            THEME.id: dress,
            AUTO_ADVANCE.id: self._show_auto_advance,
            THUMBNAIL_MEMORY.id: self._bound_thumbnails,
            KEY_PRESET.id: self._set_keys,
            OWN_KEYS: self._set_keys,
        }
        for row in (START_THRESHOLDS, START_BLUR, START_UNDER, START_OVER):
            self._effects[row.id] = judge
        settings.changed.connect(self._changed)
        self._set_keys()

    @Slot(str)
    def _changed(self, name: str) -> None:
        if name in self._effects:
            self._effects[name]()

    def _show_auto_advance(self) -> None:
        self._actions["auto_advance"].setChecked(self._settings.auto_advance)

    def _bound_thumbnails(self) -> None:
        self._thumbnails.set_byte_limit(self._settings.thumbnail_bytes)

    def _set_keys(self) -> None:
        set_keys(self._actions, keys_of(self._settings.value(KEY_PRESET), self._settings.own_keys))
