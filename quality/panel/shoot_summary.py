"""This shoot: what is flagged and why, in a few lines; shows text it is given."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class ShootSummary(QWidget):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        heading = QLabel(self.tr("THIS SHOOT"))
        heading.setProperty("role", "heading")
        self._text = QLabel()
        self._text.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 16)
        layout.setSpacing(6)
        layout.addWidget(heading)
        layout.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, lines: list[str]) -> None:
        """Shows these lines; none hide it."""
        self._text.setText("\n".join(lines))
        self.setVisible(bool(lines))
