"""Caches and settings go where each system wants them."""

import sys
import tempfile
from pathlib import Path

import pytest

from app.user_folders import cache_folder, config_folder

VARIABLES = ("FRAMESIFT_CACHE", "FRAMESIFT_CONFIG", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def test_a_named_folder_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FRAMESIFT_CACHE", str(tmp_path / "a"))
    monkeypatch.setenv("FRAMESIFT_CONFIG", str(tmp_path / "b"))
    assert cache_folder() == tmp_path / "a"
    assert config_folder() == tmp_path / "b"


def test_linux(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_folder() == home / ".cache" / "framesift"
    assert config_folder() == home / ".config" / "framesift"


def test_linux_with_xdg_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert cache_folder() == tmp_path / "cache" / "framesift"
    assert config_folder() == tmp_path / "config" / "framesift"


@pytest.mark.parametrize("relative", ["", "cache", "./cache"])
def test_a_relative_folder_is_ignored(monkeypatch: pytest.MonkeyPatch, home: Path, relative: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("FRAMESIFT_CACHE", relative)
    monkeypatch.setenv("XDG_CACHE_HOME", relative)
    assert cache_folder() == home / ".cache" / "framesift"


def test_macos(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder() == home / "Library" / "Caches" / "Framesift"
    assert config_folder() == home / "Library" / "Application Support" / "Framesift"


def test_windows(monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert cache_folder() == home / "AppData" / "Local" / "Framesift" / "Cache"
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache_folder() == tmp_path / "local" / "Framesift" / "Cache"
    assert config_folder() == tmp_path / "local" / "Framesift"


def test_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "home", no_home)
    assert cache_folder() == Path(tempfile.gettempdir()) / ".cache" / "framesift"
