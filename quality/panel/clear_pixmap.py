"""An empty pixmap to paint on, as sharp as the screen; paints nothing itself."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap


def clear_pixmap(width: float, height: float, ratio: float = 1.0) -> QPixmap:
    """A transparent pixmap. GUI thread only.

    Args:
        width: In device-independent pixels.
        height: In device-independent pixels.
        ratio: Device pixels per device-independent pixel.
    """
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
