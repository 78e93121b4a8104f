"""The column at the right: the panel scrolls where the window is low, the photo in focus stays in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from quality.panel.photo_scores import PhotoScores
from quality.panel.quality_panel import QualityPanel

WIDTH = 336
"""The least width, in device-independent pixels."""

_LEAST_PANEL = 120


class QualityColumn(QWidget):
    """Only places widgets; knows nothing of photos."""

    def __init__(self, panel: QualityPanel, scores: PhotoScores, parent: QWidget | None = None) -> None:
        """Takes the widgets in.

        Args:
            panel: Lines and modes, with the summary of the shoot below them.
            scores: The photo in focus.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self.setObjectName("panel")
        inside = QWidget()
        inside.setObjectName("panel")
        above = _tight(inside)
        above.addWidget(panel)
        above.addWidget(panel.summary)
        above.addStretch(1)
        self.panel_area = QScrollArea()
        self.panel_area.setWidgetResizable(True)
        self.panel_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.panel_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel_area.setMinimumSize(WIDTH, _LEAST_PANEL)
        self.panel_area.setWidget(inside)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = _tight(self)
        column.addWidget(self.panel_area, 1)
        # A question comes below the rows: whoever has just clicked one of them finds it where it was.
        column.addWidget(panel.notice)
        column.addWidget(rule)
        column.addWidget(scores)


def _tight(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout
