"""Widgets side by side in one row without margins."""

from PySide6.QtWidgets import QHBoxLayout, QWidget


def side_by_side(*widgets: QWidget, spacing: int = 8, stretch: bool = False) -> QWidget:
    """A row of widgets.

    Args:
        widgets: From left to right.
        spacing: Between them, in device-independent pixels.
        stretch: Whether the room that is left stays free behind the last one.
    """
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addWidget(widget)
    if stretch:
        layout.addStretch(1)
    return row
