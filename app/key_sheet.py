"""The sheet of all keys, made from the actions table, so that it can never be out of date."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from app.action_table import ACTIONS, MENUS
from app.actions import translated
from app.sheet import Sheet


def key_sheet(window: QWidget) -> Sheet:
    """Every action that has a key, by menu; and the keys of the views, which are no actions."""
    sentence = _tr(
        "The same keys work in every view. In the grid they mean all selected photos, "
        "elsewhere the one in focus."
    )
    sheet = Sheet(_tr("Keys"), sentence, "", window)
    for menu, title in MENUS:
        rows = [row for row in ACTIONS if row.menu == menu and row.keys]
        if rows:
            keys = [(translated(row.tip), _shown(row.keys)) for row in rows]
            sheet.add(translated(title).replace("&", ""), "", keys)
    sheet.add(
        _tr("Loupe and Compare"),
        "",
        [
            (_tr("The next or the previous photo"), _tr("Arrow keys")),
            (_tr("100 % while held"), _tr("Space")),
            (_tr("The other side of Compare"), _tr("Tab")),
            (_tr("Back to the grid"), _tr("Esc")),
        ],
    )
    return sheet


def _shown(keys: tuple[str, ...]) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return "   ".join(QKeySequence(key).toString(native) for key in keys)


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeySheet", text)
