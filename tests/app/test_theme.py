"""Themes: both have every token, no token is left unfilled, and text can be read."""

import pytest
from PySide6.QtGui import QColor

from app.action_table import ACTIONS
from app.icons import icon, program_icon
from app.theme import Theme, load_theme, palette, style_sheet


def luminance(color: QColor) -> float:
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(theme: Theme, one: str, other: str) -> float:
    low, high = sorted((luminance(theme.color(one)), luminance(theme.color(other))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.usefixtures("qtbot")
def test_the_style_sheet_is_filled_in(name: str) -> None:
    theme = load_theme(name)
    assert "@" not in style_sheet(theme)
    assert palette(theme).window().color() == theme.color("window")


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("ground", ["window", "panel", "cell", "well", "field"])
def test_text_has_contrast(name: str, ground: str) -> None:
    theme = load_theme(name)
    assert contrast(theme, "text", ground) >= 7
    assert contrast(theme, "quiet", ground) >= 4.5


@pytest.mark.parametrize("name", ["dark", "light"])
def test_selection_can_be_read(name: str) -> None:
    theme = load_theme(name)
    assert contrast(theme, "strong", "cell_selected") >= 7
    assert contrast(theme, "on_chosen", "chosen") >= 7
    assert contrast(theme, "warning", "warning_panel") >= 4.5
    assert contrast(theme, "ring", "window") >= 7


def test_both_themes_have_the_same_tokens() -> None:
    assert load_theme("dark").tokens.keys() == load_theme("light").tokens.keys()


def test_surroundings_of_photos_are_neutral() -> None:
    for name in ("dark", "light"):
        for token in ("window", "panel", "cell", "cell_selected", "well", "field", "text", "ring"):
            color = load_theme(name).color(token)
            assert color.red() == color.green() == color.blue()


@pytest.mark.usefixtures("qtbot")
def test_every_icon_draws_something() -> None:
    for name in {row.icon for row in ACTIONS if row.icon} | {"reset", "warning", "close"}:
        image = icon(name, QColor("#ff0000")).pixmap(32, 32).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(32) for y in range(32)), name
    assert not program_icon().isNull()
