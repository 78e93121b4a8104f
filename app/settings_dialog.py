"""The dialog of all settings, made from the table: groups at the left, a search above, lines at the right."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.cache_service import CacheService
from app.screen_room import screen_room
from app.settings import Settings
from app.settings_page import SettingsPage
from app.settings_row import ValueRow
from app.settings_store import Value
from app.settings_table import GROUPS, translated

_GROUPS_WIDTH = 184


class SettingsDialog(QDialog):
    """What is set holds at once; nothing waits for a button."""

    def __init__(
        self, settings: Settings, cache: CacheService, icon: Callable[[str], QIcon], window: QWidget
    ) -> None:
        """Builds the dialog.

        Args:
            settings: What to set.
            cache: Measures and clears the cache.
            icon: Gives an icon by name in the colours of the theme.
            window: The window it lies over.
        """
        super().__init__(window)
        self.setWindowTitle(self.tr("Settings"))
        room = screen_room(window.frameGeometry().center())
        self.resize(min(920, room.width() * 9 // 10), min(680, room.height() * 9 // 10))
        self._settings, self._icon = settings, icon
        self._before: tuple[dict[ValueRow, Value], dict[str, tuple[str, ...]]] | None = None
        self.search, self.groups = QLineEdit(), QListWidget()
        self.page = SettingsPage(settings, cache, icon)
        self.nothing = QLabel()
        self.said, self.undo = QLabel(), QPushButton(self.tr("Undo"))
        self.reset_all, self.close_button = QPushButton(self.tr("Reset all")), QPushButton(self.tr("Close"))
        self._build()
        self.search.textChanged.connect(self._search)
        self.groups.currentRowChanged.connect(self._choose_group)
        self.groups.itemClicked.connect(self._group_clicked)
        self.reset_all.clicked.connect(self._reset_all)
        self.undo.clicked.connect(self._take_back)
        self.close_button.clicked.connect(self.accept)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._find)
        self.groups.setCurrentRow(0)
        self.search.setFocus()

    def show_group(self, group: str) -> None:
        """Shows one group, by its name in code; ValueError for one that does not exist."""
        self.search.clear()
        self.groups.setCurrentRow([name for name, _text in GROUPS].index(group))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Takes the icons of another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.page.set_icons(self._icon)

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Search settings and keys"))
        self.search.setAccessibleName(self.tr("Search settings and keys"))
        self.search.setClearButtonEnabled(True)
        self.groups.setObjectName("groups")
        self.groups.setAccessibleName(self.tr("Groups"))
        self.groups.setFixedWidth(_GROUPS_WIDTH)
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for _name, text in GROUPS:
            self.groups.addItem(translated(text))
        self.nothing.setProperty("role", "quiet")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        self.said.setProperty("role", "quiet")
        self.undo.setProperty("role", "answer")
        self.reset_all.setToolTip(self.tr("Bring back every default, keys included"))
        for button in (self.undo, self.reset_all, self.close_button):
            button.setAutoDefault(False)
        self._say("", can_undo=False)
        bottom = QHBoxLayout()
        bottom.addWidget(self.reset_all)
        bottom.addWidget(self.said, 1)
        bottom.addWidget(self.undo)
        bottom.addWidget(self.close_button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.nothing, 1)
        right.addWidget(self.page, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.groups)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self.search)
        layout.addLayout(middle, 1)
        layout.addLayout(bottom)

    def _say(self, words: str, *, can_undo: bool) -> None:
        self.said.setText(words)
        self.undo.setVisible(can_undo)

    @Slot()
    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot(str)
    def _search(self, text: str) -> None:
        wanted = text.casefold().split()
        if not wanted:
            self._choose_group(self.groups.currentRow())
            return
        self.groups.clearSelection()
        found = self.page.show_found(wanted)
        self.page.setVisible(found > 0)
        self.nothing.setVisible(not found)
        self.nothing.setText(self.tr("No setting and no key is called “{text}”.").format(text=text.strip()))

    @Slot(int)
    def _choose_group(self, place: int) -> None:
        self.nothing.hide()
        self.page.show()
        self.page.show_group(GROUPS[max(0, place)][0])
        item = self.groups.item(max(0, place))
        if item is not None:
            item.setSelected(True)

    @Slot()
    def _group_clicked(self) -> None:
        """A click on a group ends a search."""
        self.search.clear()

    @Slot()
    def _reset_all(self) -> None:
        self._before = (self._settings.values(), self._settings.own_keys)
        self._settings.own_keys = {}
        for row in self._before[0]:
            self._settings.reset(row)
        self._say(self.tr("Every setting is as at the first start."), can_undo=True)
        self.undo.setFocus()

    @Slot()
    def _take_back(self) -> None:
        if self._before is not None:
            values, self._settings.own_keys = self._before
            for row, value in values.items():
                self._settings.set_value(row, value)
        self._say("", can_undo=False)
        self.close_button.setFocus()
