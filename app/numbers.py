"""Whole numbers as the user's country writes them."""

from PySide6.QtCore import QLocale


def number(value: int) -> str:
    """For example ``5,000``."""
    return QLocale().toString(value)
