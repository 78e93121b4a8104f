"""Fixtures every test may use."""

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real camera files beside the checkout; skips the test where there is none."""
    if not _SHARED.is_dir():
        pytest.skip("no folder of real photos beside this checkout")
    return _SHARED
