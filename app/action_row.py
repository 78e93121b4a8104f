"""What one row of the actions table says: id, menu, text, slot, keys; makes no QAction."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action.

    Attributes:
        id: Its name in code.
        menu: The menu it lies in.
        text: Untranslated text, with the mnemonic.
        tip: Untranslated sentence for tooltip and status bar.
        slot: Name of the window's slot, or of a slot of one of its parts, as in ``culling.rate``.
        keys: Shortcuts, the first is shown.
        icon: Name of the icon, or empty.
        checkable: Whether it is a switch.
        needs_shoot: Whether it makes sense only with an open shoot.
        value: What its slot reads from the sender's data, where one slot serves several rows.
        rule_before: Whether a rule stands above it in the menu.
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
    value: str = ""
    rule_before: bool = False
