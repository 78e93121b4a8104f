"""The colours and the style sheet of the window, from the tokens in resources/style."""

import json
import re
from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from resources.paths import resource_path

SYSTEM = "system"
"""The setting that stands for whatever the system has."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A named set of colours.

    Attributes:
        name: ``dark`` or ``light``.
        tokens: Colour by token, as ``#rrggbb``.
    """

    name: str
    tokens: dict[str, str]

    def color(self, token: str) -> QColor:
        """One colour; KeyError for an unknown token."""
        return QColor(self.tokens[token])


class _Style(Template):
    """A template whose names start with an at sign, as in ``@panel``."""

    delimiter = "@"
    idpattern = r"(?a:[a-z][a-z_]*)"
    flags = re.RegexFlag(0)


def load_theme(name: str) -> Theme:
    """Reads the tokens of a theme that ships with the program."""
    text = resource_path("style", f"{name}.json").read_text(encoding="utf-8")
    return Theme(name, json.loads(text))


def chosen_theme(choice: str) -> Theme:
    """The theme a setting stands for: its name, or the system's, dark where the system says nothing."""
    if choice != SYSTEM:
        return load_theme(choice)
    hints = QGuiApplication.styleHints()
    hints.unsetColorScheme()
    return load_theme("light" if hints.colorScheme() is Qt.ColorScheme.Light else "dark")


def style_sheet(theme: Theme) -> str:
    """The style sheet with all tokens filled in; KeyError when it names a token that does not exist."""
    template = _Style(resource_path("style", "framesift.qss").read_text(encoding="utf-8"))
    # "chevron_@theme" and "@icons" are the two names that are no colours.
    return template.substitute(theme.tokens, theme=theme.name, icons=resource_path("icons").as_posix())


def palette(theme: Theme) -> QPalette:
    """The palette that widgets painting themselves read their colours from."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "field",
        QPalette.ColorRole.AlternateBase: "cell",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "quiet",
        QPalette.ColorRole.Button: "raised",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "ring",
        QPalette.ColorRole.Highlight: "cell_selected",
        QPalette.ColorRole.HighlightedText: "strong",
        QPalette.ColorRole.Mid: "faint",
        QPalette.ColorRole.Link: "text",
        QPalette.ColorRole.ToolTipBase: "panel",
        QPalette.ColorRole.ToolTipText: "text",
    }
    for role, token in roles.items():
        made.setColor(role, theme.color(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.color("faint"))
    return made


def apply_theme(application: QApplication, theme: Theme, *, by_system: bool = False) -> None:
    """Dresses the whole program; may be called again for another theme.

    Args:
        application: The program.
        theme: The colours.
        by_system: Whether the system chose the theme: frames and dialogs of its own are as they should be.
    """
    application.setStyle("Fusion")
    if not by_system:
        dark = theme.name == "dark"
        QGuiApplication.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    application.setPalette(palette(theme))
    font = application.font()
    font.setFeature(QFont.Tag("tnum"), 1)
    application.setFont(font)
    application.setStyleSheet(style_sheet(theme))
