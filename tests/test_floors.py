"""The floors hold where import-linter cannot look: at run time, in file names and in first lines."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("app", "editor", "quality", "resources", "training")
_CORES = ("editor/core", "quality/core", "resources")

_IMPORT_ALL = """
import importlib
import sys

for barred in ("PySide6", "shiboken6", "tensorflow", "keras", "onnx", "training", "app"):
    sys.modules[barred] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def _modules(folder: str) -> list[Path]:
    return sorted((_ROOT / folder).rglob("*.py"))


def _all_modules() -> list[Path]:
    return [module for folder in (*_PACKAGES, "packaging", "tests") for module in _modules(folder)]


def _import_name(module: Path) -> str:
    parts = module.relative_to(_ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _identify(module: Path) -> str:
    return module.relative_to(_ROOT).as_posix()


def test_every_core_module_imports_without_qt_training_and_app() -> None:
    names = [_import_name(module) for core in _CORES for module in _modules(core)]
    assert "quality.core.labels" in names
    run = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL, *names], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_folders_without_init_stay_without() -> None:
    """In `packaging` it would shadow the library of that name, in `tests` the packages tested."""
    assert not list((_ROOT / "packaging").rglob("__init__.py"))
    assert not list((_ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("module", _all_modules(), ids=_identify)
def test_first_line_says_the_purpose(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.startswith('"""'), f"{_identify(module)} does not begin with a docstring"
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring is not None
    assert len(docstring.splitlines()[0].split()) >= 3, f"{_identify(module)}: its first line says too little"


@pytest.mark.parametrize(
    "module",
    [m for package in _PACKAGES for m in _modules(package) if m.name == "__init__.py"],
    ids=_identify,
)
def test_init_files_hold_only_a_docstring(module: Path) -> None:
    statements = ast.parse(module.read_text(encoding="utf-8")).body
    assert len(statements) == 1
    assert isinstance(statements[0], ast.Expr)
