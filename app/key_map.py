"""Which keys every action has: the user's own, else those of the preset, else the table's; binds nothing."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QKeySequence

from app.action_row import ActionRow
from app.action_table import ACTIONS
from app.key_presets import PRESETS, Keys

_ARROWS = ("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown")
VIEW_KEYS = frozenset((*_ARROWS, "Return", "Enter", "Esc", "Tab", "Backtab", "Shift+Tab", "Shift+Backtab"))
"""Keys that move through views and dialogs; no action may have them."""

MOST_KEYS = 2
"""How many keys one action may have."""


def portable(key: str) -> str:
    """A key in the one form in which keys are compared and stored, for example ``Ctrl+Shift+S``."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def shown(keys: Sequence[str]) -> str:
    """Keys as the user's system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "   ".join(QKeySequence(key).toString(native) for key in keys)


def keys_of(preset: str, own: Mapping[str, Keys], rows: Sequence[ActionRow] = ACTIONS) -> dict[str, Keys]:
    """The keys of every action; no key belongs to two of them, and none is a key of the views.

    Args:
        preset: One of `PRESETS`; an unknown one is the program's own.
        own: The user's keys by action; they win over the preset.
        rows: The actions.
    """
    named = PRESETS.get(preset, {})
    return _settled(rows, [{row.id: row.keys for row in rows}, named, own])


def user_of(key: str, keys: Mapping[str, Keys], but: str = "") -> str | None:
    """The action that has a key, other than `but`; None where it is free."""
    wanted = portable(key)
    return next((name for name, own in keys.items() if name != but and wanted in own), None)


def is_view_key(key: str) -> bool:
    """Whether a key moves through the views, so that no action may have it."""
    return portable(key) in VIEW_KEYS


def _settled(rows: Sequence[ActionRow], layers: Sequence[Mapping[str, Keys]]) -> dict[str, Keys]:
    """Each action takes its keys from the last layer that names it; the last layers choose first."""
    taken: set[str] = set(VIEW_KEYS)
    found: dict[str, Keys] = {}
    for layer in reversed(layers):
        for row in rows:
            if row.id in layer and row.id not in found:
                wanted = dict.fromkeys(portable(key) for key in layer[row.id][:MOST_KEYS])
                found[row.id] = tuple(key for key in wanted if key and key not in taken)
                taken.update(found[row.id])
    return {row.id: found[row.id] for row in rows}
