"""Icons drawn from the SVG files in resources/icons, in the text colour of the theme."""

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from quality.panel.clear_pixmap import clear_pixmap
from resources.paths import resource_path

SIZES = (16, 20, 24, 32, 40, 48, 64)
"""Sides in device pixels, enough for 100 to 250 % scaling."""


def icon(name: str, color: QColor) -> QIcon:
    """An icon in all sizes the window needs.

    Args:
        name: File name without suffix.
        color: Replaces ``currentColor`` in the drawing.

    Returns:
        The icon.

    Raises:
        OSError: There is no such icon.
    """
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", color.name()).encode()))
    made = QIcon()
    for side in SIZES:
        made.addPixmap(_render(renderer, side))
    return made


def program_icon() -> QIcon:
    """The icon of the program, in its own colours."""
    return icon("framesift", QColor("#d6d6d6"))


def _render(renderer: QSvgRenderer, side: int) -> QPixmap:
    pixmap = clear_pixmap(side, side)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
