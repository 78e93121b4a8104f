"""The middle of the window: message strip, summary, chips, and the page, grid or loupe below."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.banner import Banner
from app.compare import Compare
from app.edit_desk import EditDesk
from app.fault_drawer import FaultDrawer
from app.film_strip import FilmStrip
from app.filter_bar import FilterBar
from app.loupe import Loupe
from app.numbers import number
from app.pages import MessagePage
from app.photo_grid import PhotoGrid
from app.photo_line import PhotoLine
from app.shoot import Shoot
from app.start_page import StartPage
from app.summary_line import SummaryLine
from app.thumbnail_store import ThumbnailStore


class PhotoArea(QWidget):
    """Holds the views and says which one is shown; decides nothing about photos."""

    open_asked = Signal()

    def __init__(self, thumbnails: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self.grid = PhotoGrid(thumbnails)
        self.loupe = Loupe()
        self.compare = Compare()
        self.desk = EditDesk()
        self.start = StartPage()
        self.empty = MessagePage("loupe")
        self.failure = MessagePage("warning")
        self.filtered = MessagePage("grid")
        self.line = SummaryLine()
        self.filters = FilterBar()
        self.photo_line = PhotoLine()
        self.strip = FilmStrip(thumbnails, self.grid.fade)
        self.drawer = FaultDrawer()
        self._stack = QStackedWidget()
        self._build()
        for page in (self.start, self.empty, self.failure):
            page.chosen.connect(self.open_asked)
        self.show_start()

    @property
    def view(self) -> QWidget | None:
        """The page, grid or loupe on show."""
        return self._stack.currentWidget()

    @property
    def shows_badges(self) -> bool:
        """Whether the view on show lets the advice be seen."""
        return self.view in (self.grid, self.loupe, self.desk) or (
            self.view is self.compare and self.compare.badges_shown
        )

    @property
    def summary(self) -> str:
        """What the line above the photos says."""
        return self.line.text

    def show_start(self) -> None:
        """The first start: three lines and one button."""
        lines = self.tr(
            "Open a folder of photos, or drop one here.\n"
            "Badges point out blurred, dark and bright photos: advice, never a decision.\n"
            "Photos never leave this computer, and originals are never changed."
        )
        self.start.set_texts(self.tr("Sift a shoot"), lines, self.tr("Open a shoot…"))
        self._show(self.start)

    def show_empty(self, shoot: Shoot) -> None:
        """A folder without photos: says what was found."""
        if shoot.ignored == 0:
            found = self.tr("The folder is empty.")
        elif shoot.ignored == 1:
            found = self.tr("One file was found that is no photo; it was left out.")
        else:
            found = self.tr("{n} files were found that are no photos; they were left out.").format(
                n=shoot.ignored
            )
        note = self.tr("Folders inside it, hidden files and _rejected are not looked into.")
        title = self.tr("No photos in {name}").format(name=shoot.folder.name or str(shoot.folder))
        self.empty.set_texts(title, f"{found}\n{note}", self.tr("Open another folder…"))
        self._show(self.empty)

    def show_failure(self, name: str, reason: str) -> None:
        """A folder that cannot be read."""
        self.failure.set_texts(
            self.tr("{name} cannot be opened").format(name=name), reason, self.tr("Open another folder…")
        )
        self._show(self.failure)

    def show_filtered(self, hidden: int) -> None:
        """Every photo is hidden by the filter."""
        lines = self.tr("The filter hides all {n} photos.").format(n=number(hidden))
        self.filtered.set_texts(self.tr("Nothing to show"), lines, self.tr("Show all photos"))
        self._show(self.filtered)
        self.filtered.button.setFocus()

    def show_grid(self) -> None:
        """All photos."""
        self._show(self.grid)
        self.grid.setFocus()
        self.grid.announce_visible()

    @Slot()
    def take_keys(self) -> None:
        """Gives the keyboard to what is shown."""
        if self.view is not None:
            self.view.setFocus()

    def show_loupe(self) -> None:
        """One photo, large."""
        self._show(self.loupe)
        self.loupe.setFocus()

    def show_desk(self) -> None:
        """One photo with the editor."""
        self._show(self.desk)
        self.desk.setFocus()

    def show_compare(self) -> None:
        """Two photos, side by side."""
        self._show(self.compare)
        self.compare.setFocus()

    def set_icons(self, icon: Callable[[str], QIcon], warning: QIcon, faded: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme: plain ones, the warning sign, and quiet ones for large marks."""
        self.banner.set_icons(icon, warning)
        self.drawer.set_icons(icon)
        self.loupe.set_icons(faded)
        self.compare.set_icons(faded)
        for page in (self.start, self.empty, self.failure, self.filtered):
            page.set_icons(faded)
        self.grid.delegate.set_broken_icon(faded("broken"))
        self.strip.delegate.set_broken_icon(faded("broken"))

    def set_hot(self, hot: bool) -> None:
        """Shows on the pages that a folder can be dropped."""
        for page in (self.start, self.empty, self.failure):
            page.set_hot(hot)

    def _show(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)
        has_photos = view in (self.grid, self.loupe, self.compare, self.desk, self.filtered)
        self.line.setVisible(has_photos)
        self.filters.setVisible(view in (self.grid, self.filtered))
        self.filters.order.setVisible(view in (self.grid, self.filtered))
        alone = view in (self.loupe, self.desk)
        self.photo_line.setVisible(alone)
        self.strip.setVisible(alone)
        if alone:
            self.strip.centre()

    def _build(self) -> None:
        for view in (
            self.start,
            self.empty,
            self.failure,
            self.filtered,
            self.grid,
            self.loupe,
            self.compare,
            self.desk,
        ):
            self._stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        self.line.add_at_end(self.filters.order)
        layout.addWidget(self.line)
        layout.addWidget(self.filters)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.photo_line)
        layout.addWidget(self.strip)
        layout.addWidget(self.drawer)
