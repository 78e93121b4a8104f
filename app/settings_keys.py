"""The keys in the settings: a line for every action, with two fields, and what to do about a key twice."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.action_row import ActionRow
from app.action_table import ACTIONS
from app.actions import translated
from app.key_field import KeyField
from app.key_map import MOST_KEYS, is_view_key, keys_of, shown, user_of
from app.key_presets import Keys
from app.settings import Settings
from app.settings_editors import WIDTH
from app.settings_line import SettingsLine
from app.settings_table import KEY_PRESET

_GAP = 8


class KeyLine(SettingsLine):
    """One action and its keys; it decides nothing."""

    wanted = Signal(str, object)
    taken = Signal(str, object)
    reset_wanted = Signal(str)

    def __init__(self, row: ActionRow, reset_icon: QIcon) -> None:
        fields, name = QWidget(), action_name(row)
        super().__init__(name, translated(row.tip), fields, reset_icon)
        self.id = row.id
        self.fields = tuple(KeyField() for _ in range(MOST_KEYS))
        self._asked: Keys = ()
        self.take = QPushButton()
        fields.setFixedWidth(WIDTH)
        pair = QHBoxLayout(fields)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(_GAP)
        labels = (self.tr("First key: {name}"), self.tr("Second key: {name}"))
        for field, label in zip(self.fields, labels, strict=True):
            field.setAccessibleName(label.format(name=name))
            field.pressed.connect(self._pressed)
            pair.addWidget(field)
        self.name.setBuddy(self.fields[0])
        self.take.setText(self.tr("Use it here"))
        self.take.setProperty("role", "answer")
        self.take.setAutoDefault(False)
        self.take.hide()
        self.take.clicked.connect(self._take)
        self.add_answer(self.take)
        self.reset.clicked.connect(self._reset)

    @property
    def words(self) -> str:
        """What a search finds it by: its keys too."""
        return f"{super().words} {shown([field.key for field in self.fields if field.key])}"

    def show_keys(self, keys: Keys, *, own: bool) -> None:
        """Shows the keys it has.

        Args:
            keys: At most `MOST_KEYS`.
            own: Whether the user set them.
        """
        for place, field in enumerate(self.fields):
            field.show_key(keys[place] if place < len(keys) else "")
        self.reset.setVisible(own)
        self.say("")

    def say(self, words: str, asked: Keys = ()) -> None:
        """Says what is wrong with a key; with `asked` it offers to use these keys all the same."""
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self._asked = asked
        self.take.setVisible(bool(asked))

    @Slot(str)
    def _pressed(self, key: str) -> None:
        keys = [key if field is self.sender() else field.key for field in self.fields]
        self.wanted.emit(self.id, tuple(dict.fromkeys(key for key in keys if key)))

    @Slot()
    def _take(self) -> None:
        self.taken.emit(self.id, self._asked)

    @Slot()
    def _reset(self) -> None:
        self.reset_wanted.emit(self.id)


class KeyLines(QObject):
    """Every action's line; a key that is taken already stays where it is until the user says otherwise."""

    def __init__(self, settings: Settings, reset_icon: QIcon, parent: QObject) -> None:
        """Makes the lines; who shows them owns them."""
        super().__init__(parent)
        self._settings = settings
        self.lines = {row.id: KeyLine(row, reset_icon) for row in ACTIONS}
        for line in self.lines.values():
            line.wanted.connect(self._wanted)
            line.taken.connect(self._taken)
            line.reset_wanted.connect(self._reset)
        self.refresh()

    def __iter__(self) -> Iterator[tuple[ActionRow, KeyLine]]:
        return ((row, self.lines[row.id]) for row in ACTIONS)

    def refresh(self) -> None:
        """Shows what the settings say."""
        own, keys = self._settings.own_keys, self._keys()
        for name, line in self.lines.items():
            line.show_keys(keys[name], own=name in own)

    def _keys(self) -> dict[str, Keys]:
        return keys_of(self._settings.value(KEY_PRESET), self._settings.own_keys)

    @Slot(str, object)
    def _wanted(self, name: str, wanted: Keys) -> None:
        """Sets the keys of an action, unless one of them is in use."""
        line, keys = self.lines[name], self._keys()
        for key in wanted:
            if key in keys[name]:
                continue
            if is_view_key(key):
                line.say(self.tr("{key} moves through views and dialogs.").format(key=shown([key])))
                return
            user = user_of(key, keys, but=name)
            if user is not None:
                words = self.tr("{key} is a key of “{action}”.")
                line.say(words.format(key=shown([key]), action=self.lines[user].name.text()), wanted)
                return
        self._set({name: wanted})

    @Slot(str, object)
    def _taken(self, name: str, wanted: Keys) -> None:
        """Sets the keys of an action and takes them from whoever has them."""
        given: dict[str, Keys] = {name: wanted}
        for other, keys in self._keys().items():
            if other != name and set(keys) & set(wanted):
                given[other] = tuple(key for key in keys if key not in wanted)
        self._set(given)

    @Slot(str)
    def _reset(self, name: str) -> None:
        self._wanted(name, keys_of(self._settings.value(KEY_PRESET), {})[name])

    def _set(self, given: dict[str, Keys]) -> None:
        """Keeps keys as the user's own where they are not those of the preset."""
        preset = keys_of(self._settings.value(KEY_PRESET), {})
        own = self._settings.own_keys | given
        self._settings.own_keys = {name: keys for name, keys in own.items() if preset.get(name) != keys}
        self.refresh()


def action_name(row: ActionRow) -> str:
    """The name of an action as it stands in its menu."""
    return translated(row.text).replace("&", "").rstrip("…")
