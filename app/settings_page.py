"""The lines of the settings in one column that scrolls: one group, or all that a search finds."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.action_table import MENUS
from app.actions import translated as translated_action
from app.cache_service import CacheService
from app.settings import OWN_KEYS, Settings
from app.settings_cache import CacheLine
from app.settings_keys import KeyLines
from app.settings_line import SettingsLine, ValueLine
from app.settings_row import PartRow, Row
from app.settings_table import CACHE, GROUPS, KEY_PRESET, SETTINGS, translated


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading and what stands below it; the group says when it is shown without a search."""

    group: str
    heading: QLabel
    lines: tuple[SettingsLine, ...]


class SettingsPage(QScrollArea):
    """Holds every line there is; which are shown is said from outside."""

    def __init__(self, settings: Settings, cache: CacheService, icon: Callable[[str], QIcon]) -> None:
        """Makes every line.

        Args:
            settings: What the lines read and set.
            cache: Measures and clears the cache.
            icon: Gives an icon by name in the colours of the theme.
        """
        super().__init__()
        self.setObjectName("settings")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._icon = icon
        self._settings, self._cache = settings, cache
        self.keys = KeyLines(settings, icon("reset"), self)
        self.lines: dict[str, SettingsLine] = {}
        self._sections = [*self._setting_sections(), *self._key_sections()]
        self._lay_out()
        settings.changed.connect(self._changed)

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of another theme."""
        for section in self._sections:
            for line in section.lines:
                line.reset.setIcon(icon("reset"))

    def show_group(self, group: str) -> None:
        """Shows the lines of one group, from its beginning."""
        for section in self._sections:
            shown = section.group == group
            section.heading.setVisible(shown)
            for line in section.lines:
                line.setVisible(shown)
        self.verticalScrollBar().setValue(0)

    def show_found(self, wanted: list[str]) -> int:
        """Shows the lines of all groups that say every one of some words.

        Args:
            wanted: The words, case-folded.

        Returns:
            How many there are.
        """
        count = 0
        for section in self._sections:
            heading, found = section.heading.text(), 0
            for line in section.lines:
                said = f"{heading} {line.words}".casefold()
                fits = all(word in said for word in wanted)
                line.setVisible(fits)
                found += fits
            section.heading.setVisible(found > 0)
            count += found
        self.verticalScrollBar().setValue(0)
        return count

    def _setting_sections(self) -> list[_Section]:
        made = []
        for group, text in GROUPS:
            lines = tuple(self._line(row) for row in SETTINGS if row.group == group)
            made.append(_Section(group, _heading(translated(text)), lines))
        return made

    def _line(self, row: Row) -> SettingsLine:
        if isinstance(row, PartRow):
            if row is not CACHE:
                raise ValueError(f"no widget is known for {row.id}")
            self.lines[row.id] = CacheLine(self._cache, self._icon("reset"))
        else:
            self.lines[row.id] = ValueLine(row, self._settings, self._icon("reset"))
        return self.lines[row.id]

    def _key_sections(self) -> list[_Section]:
        made = []
        for menu, title in MENUS:
            lines = tuple(line for row, line in self.keys if row.menu == menu)
            made.append(_Section("keys", _heading(translated_action(title).replace("&", "")), lines))
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 8, 16, 16)
        column.setSpacing(0)
        for section in self._sections:
            column.addWidget(section.heading)
            for line in section.lines:
                column.addWidget(line)
        column.addStretch(1)
        self.setWidget(inside)

    @Slot(str)
    def _changed(self, name: str) -> None:
        if name in (KEY_PRESET.id, OWN_KEYS):
            self.keys.refresh()
        if name in self.lines:
            self.lines[name].refresh()


def _heading(text: str) -> QLabel:
    heading = QLabel(text.upper())
    heading.setProperty("role", "heading")
    heading.setContentsMargins(0, 16, 0, 4)
    return heading
