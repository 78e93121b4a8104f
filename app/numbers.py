"""Numbers and sizes as the user's country writes them."""

from PySide6.QtCore import QLocale

_MEBIBYTE = 2**20


def number(value: int) -> str:
    """For example ``5,000``."""
    return QLocale().toString(value)


def counted(count: int, one: str, many: str) -> str:
    """A count in words: ``one`` as it is for 1, else ``many`` with the number in place of ``{n}``."""
    return one if count == 1 else many.format(n=number(count))


def data_size(byte_count: int) -> str:
    """For example ``216 KiB`` or ``4.2 MiB``: no more digits than anybody reads."""
    return QLocale().formattedDataSize(byte_count, 0 if byte_count < _MEBIBYTE else 1)
