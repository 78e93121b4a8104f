"""One sentence in the quality panel with at most two answers; asks, and does nothing itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class PanelNotice(QFrame):
    """Hidden until something is said; `accepted` and `declined` carry the key of the question."""

    accepted = Signal(str)
    declined = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._key = ""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._yes, self._no = QPushButton(), QPushButton()
        for button in (self._yes, self._no):
            button.setProperty("role", "answer")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self._yes)
        answers.addWidget(self._no)
        answers.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self._text)
        layout.addLayout(answers)
        self._yes.clicked.connect(self._accept)
        self._no.clicked.connect(self._decline)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    @property
    def key(self) -> str:
        """Which question it asks, empty while hidden."""
        return "" if self.isHidden() else self._key

    def say(self, key: str, text: str, yes: str = "", no: str = "") -> None:
        """Says something.

        Args:
            key: Comes back with the answer.
            text: One or two sentences; empty hides the notice.
            yes: The first answer, or empty for none.
            no: The second answer, or empty for none.
        """
        self._key = key
        self._text.setText(text)
        for button, words in ((self._yes, yes), (self._no, no)):
            button.setText(words)
            button.setVisible(bool(words))
        self.setVisible(bool(text))

    def answer(self, *, yes: bool) -> None:
        """Answers as a click would."""
        (self._yes if yes else self._no).click()

    def _accept(self) -> None:
        self.accepted.emit(self._key)

    def _decline(self) -> None:
        self.declined.emit(self._key)
