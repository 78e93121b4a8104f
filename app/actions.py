"""Builds a QAction from every row of the actions table and connects it."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from app.action_row import ActionRow
from app.action_table import ACTIONS

CONTEXT = "Actions"


def translated(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate(CONTEXT, text)


def build_actions(owner: QObject) -> dict[str, QAction]:
    """Makes every action of the table and connects it.

    Args:
        owner: The window; it or the part a row names has a slot for each row.

    Returns:
        The actions by id.

    Raises:
        AttributeError: The window lacks a slot.
    """
    return {row.id: _build(row, owner) for row in ACTIONS}


def set_keys(actions: Mapping[str, QAction], keys: Mapping[str, Sequence[str]]) -> None:
    """Gives every action of the table its keys; menus and tooltips follow."""
    for row in ACTIONS:
        _set_keys(actions[row.id], row, keys.get(row.id, ()))


def _build(row: ActionRow, owner: QObject) -> QAction:
    action = QAction(translated(row.text), owner)
    action.setObjectName(row.id)
    action.setCheckable(row.checkable)
    action.setData(row.value)
    _set_keys(action, row, row.keys)
    action.setStatusTip(translated(row.tip))
    action.setEnabled(not row.needs_shoot)
    action.triggered.connect(attrgetter(row.slot)(owner))
    return action


def _set_keys(action: QAction, row: ActionRow, keys: Sequence[str]) -> None:
    action.setShortcuts([QKeySequence(key) for key in keys])
    tip = translated(row.tip)
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{tip} ({shown})" if shown else tip)
