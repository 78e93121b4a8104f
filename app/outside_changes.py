"""Notices that another program added or took away photos of the open shoot; reads none of them."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from app.folder_service import FolderService
from app.numbers import number
from app.photo_list_model import PhotoListModel
from editor.core.folder import FolderListing


class OutsideChanges(QObject):
    """Lives in the GUI thread; looks into the folder again when the user comes back from another program.

    Signals: `found` carries what to say, `looked` comes after every look.
    """

    found = Signal(str)
    looked = Signal()

    def __init__(self, photos: PhotoListModel, parent: QObject) -> None:
        """Starts the thread that lists.

        Args:
            photos: The open shoot.
            parent: The object that owns this.
        """
        super().__init__(parent)
        self._photos = photos
        self._told: frozenset[object] = frozenset()
        self.said = ""
        self._folders = FolderService(self)
        self._folders.listed.connect(self._take)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._state_changed)

    def look(self) -> None:
        """Looks now, in the background."""
        if len(self._photos.shoot):
            self._folders.list(self._photos.shoot.folder)

    def close(self) -> None:
        """Stops the thread."""
        self._folders.close()

    @Slot(Qt.ApplicationState)
    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()

    @Slot(object)
    def _take(self, listing: FolderListing) -> None:
        """Compares with the shoot as it is now, and says each difference once."""
        shoot = self._photos.shoot
        if listing.folder != shoot.folder:
            return
        here = {*shoot.photos, *shoot.companions.values()}
        there = set(listing.photos)
        new, gone = there - here, here - there
        difference = frozenset({*((path, True) for path in new), *((path, False) for path in gone)})
        if difference and difference != self._told:
            self.said = self._words(len(new), len(gone), shoot.folder.name)
            self.found.emit(self.said)
        self._told = difference
        self.looked.emit()

    def _words(self, new: int, gone: int, name: str) -> str:
        parts = []
        if new:
            one, many = self.tr("1 photo is new"), self.tr("{n} photos are new")
            parts.append(one if new == 1 else many.format(n=number(new)))
        if gone:
            one, many = self.tr("1 photo is gone"), self.tr("{n} photos are gone")
            parts.append(one if gone == 1 else many.format(n=number(gone)))
        text = self.tr("Another program changed {name}: {what}. F5 shows it as it is; your place is kept.")
        return text.format(name=name, what=", ".join(parts))
