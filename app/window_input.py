"""What reaches the window from outside its views: dropped folders, and keys that a control gets first."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QMainWindow

from app.dropped_folder import dropped_folder

_PRESSED_BY_SPACE = (QAbstractButton, QComboBox)


class WindowInput(QMainWindow):
    """Owns no widget; the subclass has them, and knows how to open a folder."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def open_path(self, path: Path) -> None:
        """Opens a folder or a photo; the subclass knows how."""
        raise NotImplementedError

    def show_drop(self, *, hot: bool) -> None:
        """Shows that what is carried over the window could be dropped; the subclass knows where."""
        raise NotImplementedError

    def keep_keys_with_photos(self) -> None:
        """Lets buttons take the keyboard by Tab only: after a click, keys go on to mean the photos."""
        for control in (*self.findChildren(QAbstractButton), *self.findChildren(QComboBox)):
            if control.focusPolicy() & Qt.FocusPolicy.TabFocus:
                control.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def event(self, event: QEvent) -> bool:
        """Leaves Space to a control that has the keyboard; elsewhere it is a key of the views."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and isinstance(self.focusWidget(), _PRESSED_BY_SPACE)
        ):
            event.accept()
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Takes folders and photos."""
        if dropped_folder(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.show_drop(hot=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """The folder was carried away again."""
        self.show_drop(hot=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Opens what was dropped."""
        self.show_drop(hot=False)
        path = dropped_folder(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)
