"""Every word on screen can be translated: none is given to a widget bare."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
_WIDGETS = ("app", "editor/panel", "quality/panel")
_NO_WINDOW = {"cli.py", "scan_report.py", "scan_table.py", "scan_progress.py", "result_output.py"}
"""Command line: it speaks English only."""

_SETTERS = """setText setToolTip setStatusTip setWhatsThis setWindowTitle setTitle setAccessibleName
    setPlaceholderText setAccessibleDescription setSuffix setPrefix setSpecialValueText addItem addItems
    addAction addMenu addTab setHorizontalHeaderLabels drawText say show_text set_texts setInformativeText
    about warning question information critical getExistingDirectory getSaveFileName"""
_MAKERS = """QLabel QPushButton QCheckBox QRadioButton QToolButton QAction QGroupBox QMenu QDockWidget
    QToolBar Sheet"""
_TAKES_WORDS = frozenset(_SETTERS.split()) | frozenset(_MAKERS.split())
_NAMES = frozenset({"Framesift", "B", "U", "O"})
"""The program's own name, and the letters of the badges."""


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _bare_words(node: ast.AST) -> Iterator[str]:
    """The words that an argument itself is made of, those given to other calls left out."""
    parts: list[ast.expr] = []
    match node:
        case ast.Constant(value=str(words)) if any(letter.isalpha() for letter in words):
            yield words
        case ast.Call(func=ast.Attribute(value=template, attr="format")):
            parts = [template]  # "words".format(...) is bare; tr("words").format(...) is not
        case ast.JoinedStr(values=values) | ast.BoolOp(values=values):
            parts = values
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.IfExp(body=body, orelse=other):
            parts = [body, other]
    for part in parts:
        yield from _bare_words(part)


def bare_words(source: str) -> list[tuple[int, str]]:
    """Line and words of every text that reaches a widget without having been translated."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node) in _TAKES_WORDS:
            for argument in () if _is_log(node) else node.args:
                found += [(node.lineno, words) for words in _bare_words(argument) if words not in _NAMES]
    return found


def _is_log(call: ast.Call) -> bool:
    """Whether it is ``_log.warning`` or the like, whose words nobody sees on screen."""
    return _called(call) in ("warning", "critical") and "QMessageBox" not in ast.unparse(call.func)


def _modules() -> list[Path]:
    found = [path for folder in _WIDGETS for path in sorted((_ROOT / folder).glob("*.py"))]
    return [path for path in found if path.name not in _NO_WINDOW]


@pytest.mark.parametrize("module", _modules(), ids=lambda path: path.relative_to(_ROOT).as_posix())
def test_every_word_on_screen_can_be_translated(module: Path) -> None:
    assert bare_words(module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('label.setText("Hello")', ["Hello"]),
        ('QLabel(f"{n} photos")', [" photos"]),
        ('box.addItem("{n} x".format(n=1))', ["{n} x"]),
        ('button.setToolTip("Go" if on else self.tr("Stop"))', ["Go"]),
        ('label.setText(self.tr("Hello").format(n=1))', []),
        ('label.setText(f"{name}: {count} %")', []),
        ('_log.warning("no one reads this on screen")', []),
        ('self.setWindowTitle("Framesift")', []),
    ],
)
def test_the_search_finds_bare_words_only(line: str, words: list[str]) -> None:
    assert [found for _line, found in bare_words(line)] == words
