"""Whole numbers as the user's country writes them."""

from PySide6.QtCore import QLocale


def number(value: int) -> str:
    """For example ``5,000``."""
    return QLocale().toString(value)


def counted(count: int, one: str, many: str) -> str:
    """A count in words: ``one`` as it is for 1, else ``many`` with the number in place of ``{n}``."""
    return one if count == 1 else many.format(n=number(count))
