"""The pages shown instead of photos: first start, opening, an empty folder, an unreadable one."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget


class MessagePage(QWidget):
    """An icon, a title, a few lines and up to one button, inside the drop target."""

    chosen = Signal()

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        """Builds an empty page.

        Args:
            icon_name: Which icon it shows.
            parent: The widget it lies in.
        """
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon_name = icon_name
        self._icon = QLabel()
        self._title = QLabel()
        self._lines = QLabel()
        self.button = QPushButton()
        self._frame = QFrame()
        self._inside = QVBoxLayout(self._frame)
        self._build()
        self.button.clicked.connect(self._clicked)

    def set_texts(self, title: str, lines: str, button: str) -> None:
        """Sets what the page says; an empty button text hides the button."""
        self._title.setText(title)
        self._lines.setText(lines)
        self._lines.setVisible(bool(lines))
        self.button.setText(button)
        self.button.setVisible(bool(button))

    @property
    def text(self) -> str:
        """Title and lines, for tests and screen readers."""
        return f"{self._title.text()}\n{self._lines.text()}"

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme."""
        self._icon.setPixmap(icon(self._icon_name).pixmap(48, 48))

    def set_hot(self, hot: bool) -> None:
        """Shows that something can be dropped now."""
        self._frame.setProperty("hot", hot)
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)

    def _build(self) -> None:
        self._frame.setObjectName("drop")
        self._frame.setMaximumWidth(600)
        self._frame.setMinimumWidth(320)
        for label in (self._icon, self._title, self._lines):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setProperty("role", "title")
        self._title.setWordWrap(True)
        self._lines.setProperty("role", "quiet")
        self._lines.setWordWrap(True)
        self._lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button.setProperty("role", "main")
        inside = self._inside
        inside.setContentsMargins(40, 28, 40, 28)
        inside.setSpacing(16)
        for widget in (self._icon, self._title, self._lines):
            inside.addWidget(widget)
        inside.addSpacing(8)
        inside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._frame, 4)
        across.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)

    def add_below(self, layout: QLayout) -> None:
        """Puts more below the button."""
        self._inside.addLayout(layout)

    @Slot()
    def _clicked(self) -> None:
        self.chosen.emit()
