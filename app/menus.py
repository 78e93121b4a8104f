"""Menu bar and toolbar, filled from the actions table."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from app.action_table import ACTIONS, MENUS
from app.actions import translated

_TOOLBAR = (
    *("open", "", "grid", "loupe", "compare", "edit_view", "whole_pixels"),
    *("", "pick", "reject", "", "export"),
)


def fill_menus(window: QMainWindow, actions: dict[str, QAction], recent: QMenu) -> None:
    """Puts every action into its menu.

    Args:
        window: Gets the menu bar.
        actions: The actions by id.
        recent: The menu of recent folders, placed after Open.
    """
    menus = {name: window.menuBar().addMenu(translated(title)) for name, title in MENUS}
    for row in ACTIONS:
        if row.rule_before:
            menus[row.menu].addSeparator()
        menus[row.menu].addAction(actions[row.id])
        if row.id == "open":
            menus[row.menu].addMenu(recent)
    views = QActionGroup(window)
    for name in ("grid", "loupe", "compare", "edit_view"):
        views.addAction(actions[name])


def make_toolbar(window: QMainWindow, actions: dict[str, QAction], title: str) -> QToolBar:
    """Makes the toolbar.

    Args:
        window: Gets it.
        actions: The actions by id.
        title: Its name on screen.
    """
    bar = QToolBar(title, window)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for name in _TOOLBAR:
        if name:
            bar.addAction(actions[name])
        else:
            bar.addSeparator()
    window.addToolBar(bar)
    return bar
