"""The pinned requirements: hashed, without addresses, fitting each other and pyproject.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from packaging.requirements import Requirement

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = _ROOT / "packaging" / "requirements"
_SETS = ("app.txt", "development.txt")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@cache
def _pins(file: str) -> dict[str, tuple[str, str, frozenset[str]]]:
    """Name to version, marker and hashes."""
    pins: dict[str, tuple[str, str, frozenset[str]]] = {}
    text = (_FOLDER / file).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        hashes = frozenset(_HASH.findall(line))
        requirement = Requirement(_HASH.sub("", line).strip())
        (specifier,) = requirement.specifier
        assert specifier.operator == "=="
        pins[canonicalize_name(requirement.name)] = (specifier.version, str(requirement.marker), hashes)
    return pins


def _declared(*extras: str) -> list[Requirement]:
    with (_ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return [Requirement(line) for line in lines if not line.startswith("framesift")]


@pytest.mark.parametrize("file", _SETS)
def test_every_pin_has_a_hash(file: str) -> None:
    assert all(hashes for _, _, hashes in _pins(file).values())


@pytest.mark.parametrize("file", _SETS)
def test_no_address_and_no_option_but_hashes(file: str) -> None:
    text = (_FOLDER / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert set(re.findall(r"--\w+", text)) == {"--hash"}


def test_app_is_a_subset_of_development() -> None:
    development = _pins("development.txt")
    assert {name: development.get(name) for name in _pins("app.txt")} == _pins("app.txt")


@pytest.mark.parametrize(
    ("file", "extras"), [("app.txt", ("demo",)), ("development.txt", ("demo", "frozen", "test", "training"))]
)
def test_declared_dependencies_are_pinned_within_their_ranges(file: str, extras: tuple[str, ...]) -> None:
    for requirement in _declared(*extras):
        version, _, _ = _pins(file)[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(Version(version)), f"{requirement} but {version} is pinned"


def test_the_program_needs_no_training_and_no_test_library() -> None:
    assert not {"tensorflow", "keras", "onnx", "tf2onnx", "pytest", "mypy", "ruff"} & set(_pins("app.txt"))


def test_one_opencv_without_a_second_qt() -> None:
    names = [name for name in _pins("development.txt") if name.startswith("opencv")]
    assert names == ["opencv-python-headless"]
