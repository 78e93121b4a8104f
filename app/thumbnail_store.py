"""Thumbnails in memory, bounded by bytes; gives pixmaps of the size asked for. GUI thread only."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap


@dataclass(slots=True)
class _Entry:
    image: QImage
    pixmap: QPixmap | None = None
    box: int = 0

    @property
    def byte_count(self) -> int:
        scaled = 0 if self.pixmap is None else self.pixmap.width() * self.pixmap.height() * 4
        return self.image.sizeInBytes() + scaled


class ThumbnailStore:
    """Forgets the longest unused thumbnail first, but never one that is on screen."""

    def __init__(self, byte_limit: int) -> None:
        """Makes an empty store.

        Args:
            byte_limit: Room for images and pixmaps together; what is on screen may exceed it.
        """
        self._byte_limit = byte_limit
        self._entries: OrderedDict[Path, _Entry] = OrderedDict()
        self._on_screen: frozenset[Path] = frozenset()
        self._bytes = 0

    def __contains__(self, path: Path) -> bool:
        return path in self._entries

    @property
    def byte_count(self) -> int:
        """Bytes in use."""
        return self._bytes

    def set_byte_limit(self, byte_limit: int) -> None:
        """Gives it more or less room; what no longer fits is forgotten."""
        self._byte_limit = byte_limit
        self._make_room()

    def clear(self) -> None:
        """Forgets everything."""
        self._entries.clear()
        self._on_screen = frozenset()
        self._bytes = 0

    def keep_only(self, paths: Collection[Path]) -> None:
        """Forgets all but some photos; none of them is on screen yet."""
        wanted = frozenset(paths)
        for path in [path for path in self._entries if path not in wanted]:
            self._forget(path)
        self._on_screen = frozenset()

    def keep_on_screen(self, paths: Collection[Path]) -> None:
        """Says which photos are visible now."""
        self._on_screen = frozenset(paths)

    def forget(self, path: Path) -> None:
        """Drops a thumbnail that is no longer what the photo looks like."""
        self._forget(path)

    def put(self, path: Path, image: QImage) -> bool:
        """Keeps a thumbnail; one that is off screen is kept only where there is room without pushing others.

        Returns:
            Whether it was kept.
        """
        full = self._bytes + image.sizeInBytes() > self._byte_limit
        if full and self._on_screen and path not in self._on_screen:
            return False
        self._forget(path)
        entry = _Entry(image)
        self._entries[path] = entry
        self._bytes += entry.byte_count
        self._make_room()
        return True

    def image(self, path: Path) -> QImage | None:
        """The thumbnail as it came, None when it is not in memory."""
        entry = self._entries.get(path)
        return None if entry is None else entry.image

    def pixmap(self, path: Path, side: int, ratio: float) -> QPixmap | None:
        """A thumbnail fitted into a square, ready to paint.

        Args:
            path: The photo.
            side: Side of the square in device-independent pixels.
            ratio: Device pixels per device-independent pixel.

        Returns:
            A pixmap with its ratio set, None when the thumbnail is not in memory.
        """
        entry = self._entries.get(path)
        if entry is None:
            return None
        self._entries.move_to_end(path)
        box = round(side * ratio)
        if entry.pixmap is None or entry.box != box:
            self._bytes -= entry.byte_count
            entry.pixmap, entry.box = _fitted(entry.image, box), box
            entry.pixmap.setDevicePixelRatio(ratio)
            self._bytes += entry.byte_count
        return entry.pixmap

    def _forget(self, path: Path) -> None:
        entry = self._entries.pop(path, None)
        if entry is not None:
            self._bytes -= entry.byte_count

    def _make_room(self) -> None:
        if self._bytes <= self._byte_limit:
            return
        for path in list(self._entries):
            if self._bytes <= self._byte_limit:
                return
            if path not in self._on_screen:
                self._forget(path)


def _fitted(image: QImage, box: int) -> QPixmap:
    size = image.size().scaled(QSize(box, box), Qt.AspectRatioMode.KeepAspectRatio)
    size = size.expandedTo(QSize(1, 1))
    mode = Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
