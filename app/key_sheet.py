"""The sheet of all keys, made from the actions table, so that it can never be out of date."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.action_table import ACTIONS, MENUS
from app.actions import translated
from app.sheet import Sheet


def key_sheet(window: QWidget, actions: Mapping[str, QAction]) -> Sheet:
    """Every action that has a key, by menu; and the keys of the views, which are no actions.

    Args:
        window: The window it lies over.
        actions: The window's actions by id, with the keys they have now.
    """
    sentence = _tr(
        "The same keys work in every view. In the grid they mean all selected photos, "
        "elsewhere the one in focus."
    )
    sheet = Sheet(_tr("Keys"), sentence, "", window)
    for menu, title in MENUS:
        rows = [row for row in ACTIONS if row.menu == menu and actions[row.id].shortcuts()]
        if rows:
            keys = [(translated(row.tip), _shown(actions[row.id].shortcuts())) for row in rows]
            sheet.add_group(translated(title).replace("&", ""), keys)
    sheet.add_group(
        _tr("Loupe and Compare"),
        [
            (_tr("The next or the previous photo"), _tr("Arrow keys")),
            (_tr("100 % while held"), _tr("Space")),
            (_tr("The other side of Compare"), _tr("Tab")),
            (_tr("Back to the grid"), _tr("Esc")),
        ],
    )
    sheet.fit_lines()
    return sheet


def _shown(keys: Sequence[QKeySequence]) -> str:
    return "   ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeySheet", text)
