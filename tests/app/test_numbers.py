"""Numbers and sizes in words: no more digits than anybody reads."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from app.numbers import counted, data_size, number


@pytest.fixture(autouse=True)
def _plain() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("byte_count", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (128 * 1024 + 20, "128 KiB"),
        (2**20, "1.0 MiB"),
        (5_600_000, "5.3 MiB"),
        (3 * 2**40 // 2, "1.5 TiB"),
    ],
)
def test_sizes(byte_count: int, words: str) -> None:
    assert data_size(byte_count) == words


def test_counts() -> None:
    assert number(42) == "42"
    assert counted(1, "one photo", "{n} photos") == "one photo"
    assert counted(3, "one photo", "{n} photos") == "3 photos"
