"""The one table of everything the user can do: id, text, key, icon, slot, menu; builds QActions from it."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

CONTEXT = "Actions"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action.

    Attributes:
        id: Its name in code.
        menu: The menu it lies in.
        text: Untranslated text, with the mnemonic.
        tip: Untranslated sentence for tooltip and status bar.
        slot: Name of the window's slot.
        keys: Shortcuts, the first is shown.
        icon: Name of the icon, or empty.
        checkable: Whether it is a switch.
        needs_shoot: Whether it makes sense only with an open shoot.
    """

    id: str
    menu: str
    text: str
    tip: str
    slot: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    needs_shoot: bool = False


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Actions", text))


MENUS = (("shoot", _n("&Shoot")), ("view", _n("&View")), ("judging", _n("&Judging")), ("help", _n("&Help")))
"""Menus in the order of the menu bar."""

ACTIONS = (
    ActionRow(
        "open",
        "shoot",
        _n("&Open a shoot…"),
        _n("Open a folder of photos"),
        "ask_for_folder",
        ("Ctrl+O",),
        "open",
    ),
    ActionRow("quit", "shoot", _n("&Quit"), _n("Close Framesift"), "close", ("Ctrl+Q",)),
    ActionRow(
        "grid",
        "view",
        _n("&Grid"),
        _n("All photos as thumbnails"),
        "show_grid",
        ("G",),
        "grid",
        True,
        needs_shoot=True,
    ),
    ActionRow(
        "loupe",
        "view",
        _n("&Loupe"),
        _n("One photo, large"),
        "show_loupe",
        ("E",),
        "loupe",
        True,
        needs_shoot=True,
    ),
    ActionRow(
        "whole_pixels",
        "view",
        _n("&100 %"),
        _n("One picture pixel on one screen pixel"),
        "switch_whole_pixels",
        ("Z", "Space"),
        "zoom",
        True,
        needs_shoot=True,
    ),
    ActionRow(
        "larger",
        "view",
        _n("La&rger thumbnails"),
        _n("Larger thumbnails"),
        "make_larger",
        ("Ctrl++", "Ctrl+="),
    ),
    ActionRow(
        "smaller", "view", _n("S&maller thumbnails"), _n("Smaller thumbnails"), "make_smaller", ("Ctrl+-",)
    ),
    ActionRow(
        "panel",
        "view",
        _n("&Quality panel"),
        _n("Show or fold the quality panel"),
        "switch_panel",
        ("F8",),
        "panel",
        True,
    ),
    ActionRow(
        "light", "view", _n("L&ight theme"), _n("Light or dark surroundings"), "switch_theme", (), "", True
    ),
    ActionRow(
        "pause",
        "judging",
        _n("&Pause"),
        _n("Pause or go on judging"),
        "switch_pause",
        ("F6",),
        "pause",
        True,
        needs_shoot=True,
    ),
    ActionRow(
        "stop",
        "judging",
        _n("&Stop"),
        _n("Stop judging; what is judged stays"),
        "stop_judging",
        (),
        "stop",
        needs_shoot=True,
    ),
    ActionRow(
        "again",
        "judging",
        _n("&Judge the rest"),
        _n("Judge what has no score yet, and try unreadable photos again"),
        "judge_rest",
        ("F5",),
        "resume",
        needs_shoot=True,
    ),
    ActionRow(
        "next_fault",
        "judging",
        _n("Next &unreadable photo"),
        _n("Go to the next photo that could not be read"),
        "show_next_fault",
        ("F7",),
        "broken",
        needs_shoot=True,
    ),
    ActionRow("about", "help", _n("&About Framesift"), _n("Version, model and device"), "show_about"),
)


def translated(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate(CONTEXT, text)


def build_actions(owner: QObject) -> dict[str, QAction]:
    """Makes every action of the table and connects it.

    Args:
        owner: The window; has a slot for each row.

    Returns:
        The actions by id.

    Raises:
        AttributeError: The window lacks a slot.
    """
    made = {}
    for row in ACTIONS:
        action = QAction(translated(row.text), owner)
        action.setObjectName(row.id)
        action.setCheckable(row.checkable)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        tip = translated(row.tip)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({shown})" if shown else tip)
        action.setStatusTip(tip)
        action.setEnabled(not row.needs_shoot)
        action.triggered.connect(getattr(owner, row.slot))
        made[row.id] = action
    return made
