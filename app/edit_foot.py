"""The buttons below the sliders of the editor (copy, paste, sync, reset); they trigger actions."""

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from editor.panel.editor_panel import EditorPanel

_FOOT = {
    "copy_settings": QT_TRANSLATE_NOOP("Editing", "Copy…"),
    "paste_settings": QT_TRANSLATE_NOOP("Editing", "Paste"),
    "sync_settings": QT_TRANSLATE_NOOP("Editing", "Sync…"),
    "reset_edits": QT_TRANSLATE_NOOP("Editing", "Reset"),
}


def fill_foot(panel: EditorPanel, actions: Mapping[str, QAction]) -> None:
    """Puts the buttons below the sliders.

    Args:
        panel: Gets them.
        actions: The window's actions by id.
    """
    for name, text in _FOOT.items():
        button = QPushButton(QCoreApplication.translate("Editing", str(text)))
        button.setProperty("role", "foot")
        button.setToolTip(actions[name].toolTip())
        button.clicked.connect(actions[name].trigger)
        panel.add_foot(button)
