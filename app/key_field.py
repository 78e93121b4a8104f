"""A field that takes the next key pressed in it as a key of the program; binds nothing."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from app.key_map import portable, shown

_MODIFIERS = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
)
_PASSED_ON = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape})


class KeyField(QLineEdit):
    """Shows a key; `pressed` carries another one in the form in which keys are stored, empty for none."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setPlaceholderText("—")
        self.setToolTip(self.tr("Press the key to use; Backspace takes it away"))
        self.textChanged.connect(self._text_changed)

    @property
    def key(self) -> str:
        """The key on show."""
        return self._key

    def show_key(self, key: str) -> None:
        """Shows a key without announcing it."""
        self._key = key
        with QSignalBlocker(self):
            self.setText(shown([key]) if key else "")

    def event(self, event: QEvent) -> bool:
        """Takes the keys of menus for itself while it has the focus."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Takes one key with its modifiers; Escape still closes the dialog."""
        key = Qt.Key(event.key())
        if key in _PASSED_ON:
            event.ignore()
        elif key == Qt.Key.Key_Backspace and not event.modifiers():
            self.pressed.emit("")
        elif key not in _MODIFIERS and key != Qt.Key.Key_unknown:
            self.pressed.emit(_pressed_key(event))

    @Slot(str)
    def _text_changed(self, _text: str) -> None:
        """Something else than a key, such as a paste, is no key of the program."""
        self.show_key(self._key)


def _pressed_key(event: QKeyEvent) -> str:
    """The key of an event; Shift is left out where it only makes the sign, as in a question mark."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    sign = len(text) == 1 and text.isprintable() and not (text.isalnum() or text.isspace())
    if sign:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return portable(QKeySequence(modifiers.value | event.key()).toString())
