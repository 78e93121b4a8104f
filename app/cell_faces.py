"""Keeps painted cells without badges: a moved line or a fading badge only copies them; GUI thread only."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap

from quality.panel.clear_pixmap import clear_pixmap

_BYTE_LIMIT = 48 * 1024 * 1024
"""Room for the cells of one large screen."""


class CellFaces:
    """The faces not asked for longest go first."""

    def __init__(self, byte_limit: int = _BYTE_LIMIT) -> None:
        """Has none yet; they may take this many bytes together."""
        self._limit, self._bytes = byte_limit, 0
        self._faces: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._faces)

    def face(self, key: Hashable, size: QSize, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
        """A painted cell.

        Args:
            key: Everything its look depends on.
            size: In device-independent pixels.
            ratio: Device pixels per device-independent pixel.
            paint: Paints it, with its corner at the origin; called where it is not kept.
        """
        found = self._faces.get(key)
        if found is not None:
            self._faces.move_to_end(key)
            return found
        face = clear_pixmap(size.width(), size.height(), ratio)
        painter = QPainter(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
        painter.end()
        self._keep(key, face)
        return face

    def clear(self) -> None:
        """Forgets all."""
        self._faces.clear()
        self._bytes = 0

    def _keep(self, key: Hashable, face: QPixmap) -> None:
        self._faces[key] = face
        self._bytes += _bytes_of(face)
        while self._bytes > self._limit and len(self._faces) > 1:
            self._bytes -= _bytes_of(self._faces.popitem(last=False)[1])


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
