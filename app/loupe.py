"""One photo, large: first its thumbnail, a moment later the picture itself, or why it cannot be shown."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.large_view import LargeView
from app.pages import MessagePage
from editor.core.recipe import NEUTRAL, Recipe
from editor.panel.picture_service import BYTE_LIMIT, PictureRequest, PictureService, ShownPicture
from editor.panel.picture_view import PictureView


class Loupe(LargeView):
    """Shows the photo it is told; decodes in the background, the newest request wins."""

    photo_changed = Signal()

    def __init__(self, parent: QWidget | None = None, byte_limit: int = BYTE_LIMIT) -> None:
        """Starts the thread that decodes.

        Args:
            parent: The widget it lies in.
            byte_limit: How much memory decoded pictures may take, in bytes.
        """
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo, large"))
        self.view = PictureView()
        self.fault = MessagePage("broken")
        self.recipe_of: Callable[[Path], Recipe] = _unedited
        self._service = PictureService(self, byte_limit)
        self._path: Path | None = None
        self._shown: PictureRequest | None = None
        self._ahead: tuple[Path, ...] = ()
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self.view)
        self._layout.addWidget(self.fault)
        self._service.arrived.connect(self._take_picture)
        self._service.failed.connect(self._take_fault)
        self.view.box_changed.connect(self._ask)
        self.view.double_clicked.connect(self.closed)

    @property
    def path(self) -> Path | None:
        """The photo on show."""
        return self._path

    @property
    def shown(self) -> PictureRequest | None:
        """What the picture on screen answers; None while only the thumbnail is there."""
        return self._shown

    def show_photo(
        self,
        path: Path,
        thumbnail: QImage | None,
        full_size: tuple[int, int] | None,
        ahead: Sequence[Path] = (),
    ) -> None:
        """Shows a photo.

        Args:
            path: The photo.
            thumbnail: Shown until the picture is decoded.
            full_size: Upright size of the photo in pixels, where it is known.
            ahead: Photos that may be wanted next, the likeliest first.
        """
        self._path, self._shown, self._ahead = path, None, tuple(ahead)
        self._layout.setCurrentWidget(self.view)
        if thumbnail is None:
            self.view.clear()
        else:
            width, height = full_size or (thumbnail.width(), thumbnail.height())
            self.view.show_picture(thumbnail, width, height)
        self._ask()
        self.photo_changed.emit()

    def show_nothing(self) -> None:
        """Shows the empty ground."""
        self._path = self._shown = None
        self._service.forget()
        self.view.clear()
        self._layout.setCurrentWidget(self.view)
        self.photo_changed.emit()

    def set_whole_pixels(self, whole: bool) -> None:
        """Switches between fitted and 100 %."""
        if whole != self.view.whole_pixels:
            self.view.set_whole_pixels(whole)
            self.whole_pixels_changed.emit(whole)
            self._ask()

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme."""
        self.fault.set_icons(icon)

    def close_service(self) -> None:
        """Stops the thread."""
        self._service.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Asks for the picture that nobody needed while the loupe was hidden."""
        super().showEvent(event)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        """Asks for the picture in the size that is needed now, unless it is there already."""
        if self._path is None or not self.isVisible():
            return
        box = None if self.view.whole_pixels else self.view.box
        request = self._request(self._path, box)
        if request != self._shown:
            self._service.request(request, [self._request(path, box) for path in self._ahead])

    def refresh(self) -> None:
        """Shows the photo anew after it was edited, or is shown on another monitor."""
        self._ask()

    def read_anew(self) -> None:
        """Decodes the photo on show again: its file was repaired."""
        self._shown = None
        self._service.forget()
        self._layout.setCurrentWidget(self.view)
        self._ask()

    def _request(self, path: Path, box: tuple[int, int] | None) -> PictureRequest:
        return PictureRequest(path, box, self.recipe_of(path))

    def is_ready(self, path: Path) -> bool:
        """Whether a photo would be shown at once."""
        return self._service.has(self._request(path, None if self.view.whole_pixels else self.view.box))

    @Slot(object)
    def _take_picture(self, picture: ShownPicture) -> None:
        self._shown = picture.request
        self.view.show_picture(picture.image, picture.full_width, picture.full_height, picture.lost)

    @Slot(object, str)
    def _take_fault(self, path: Path, reason: str) -> None:
        lines = self.tr("{reason}\nThe file was left as it is.").format(reason=reason)
        self.fault.set_texts(self.tr("{name} cannot be shown").format(name=path.name), lines, "")
        self._layout.setCurrentWidget(self.fault)


def _unedited(_path: Path) -> Recipe:
    return NEUTRAL
