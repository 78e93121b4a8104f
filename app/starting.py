"""The first page at work: shoots opened last, and the demo shoot that is made when it is asked for."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.demo_service import DemoService, demo_is_possible
from app.photo_area import PhotoArea
from app.settings import Settings


class Starting(QObject):
    """Lives in the GUI thread; `open_wanted` carries a folder."""

    open_wanted = Signal(object)

    def __init__(self, area: PhotoArea, settings: Settings, data_folder: Path, parent: QObject) -> None:
        """Fills the page.

        Args:
            area: Has the page.
            settings: Know the shoots opened last.
            data_folder: Where the demo shoot is made.
            parent: The object that owns this.
        """
        super().__init__(parent)
        self._area = area
        self.demo = DemoService(data_folder, self)
        known = [folder for folder in settings.recent_folders if folder != self.demo.folder]
        area.start.offer(known, demo=demo_is_possible())
        area.start.shoot_chosen.connect(self.open_wanted)
        area.start.demo_chosen.connect(self._make)
        self.demo.made.connect(self._made)
        self.demo.failed.connect(self._failed)

    def close(self) -> None:
        """Ends what is under way."""
        self.demo.close()

    @Slot()
    def _make(self) -> None:
        self._area.start.show_making(making=True)
        self.demo.make()

    @Slot(object)
    def _made(self, folder: Path) -> None:
        self._area.start.show_making(making=False)
        if self._area.view is self._area.start:
            self.open_wanted.emit(folder)

    @Slot(str)
    def _failed(self, reason: str) -> None:
        self._area.start.show_making(making=False)
        self._area.banner.say(reason)
