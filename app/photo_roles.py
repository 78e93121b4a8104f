"""What views may ask of a photo beside Qt's own roles, and what may be known of one."""

from enum import Enum, IntEnum

from PySide6.QtCore import Qt


class PhotoRole(IntEnum):
    """Roles of a photo beside Qt's own."""

    PATH = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2
    BADGES = Qt.ItemDataRole.UserRole + 3
    FAULT = Qt.ItemDataRole.UserRole + 4
    MARKS = Qt.ItemDataRole.UserRole + 5
    ROW = Qt.ItemDataRole.UserRole + 6
    EDITED = Qt.ItemDataRole.UserRole + 7
    TIME = Qt.ItemDataRole.UserRole + 8


class PhotoState(Enum):
    """What is known of a photo. Broken is never the same as good."""

    WAITING = "waiting"
    JUDGED = "judged"
    BROKEN = "broken"
