"""The chips above the photos: a click shows only these, a second one all but these, a third all."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from app.flow_row import FlowRow
from app.photo_filter import EVERYTHING, Facet, PhotoFilter, SortKey
from quality.core.labels import Defect
from quality.panel.defect_text import defect_name


class FilterBar(FlowRow):
    """Builds filter and order from clicks; filters nothing itself. `order` may be placed elsewhere."""

    filter_chosen = Signal(object)
    order_chosen = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = EVERYTHING
        self.setObjectName("filters")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._chips = {facet: self._chip(facet) for facet in self._names()}
        self._stars, self._labels = QToolButton(), QToolButton()
        self._star_actions = QActionGroup(self)
        self._label_actions: dict[Facet, QAction] = {}
        self._sort, self._turn = QComboBox(), QToolButton()
        self.order = QWidget()
        self._build()
        self._show()

    def chip(self, facet: Facet) -> QToolButton:
        """The chip of a facet that has one of its own."""
        return self._chips[facet]

    @property
    def sort(self) -> QComboBox:
        """The choice of order."""
        return self._sort

    def set_filter(self, chosen: PhotoFilter) -> None:
        """Shows a filter without announcing it."""
        self._filter = chosen
        self._show()

    def set_order(self, sort: SortKey, *, reverse: bool) -> None:
        """Shows an order without announcing it."""
        with QSignalBlocker(self._sort):
            self._sort.setCurrentIndex(max(0, self._sort.findData(sort.value)))
        self._turn.setChecked(reverse)

    def _names(self) -> dict[Facet, str]:
        return {
            Facet.PICK: self.tr("Picks"),
            Facet.REJECT: self.tr("Rejects"),
            Facet.UNDECIDED: self.tr("Undecided"),
            Facet.BLUR: defect_name(Defect.BLUR),
            Facet.UNDER: defect_name(Defect.UNDER),
            Facet.OVER: defect_name(Defect.OVER),
            Facet.HINT: self.tr("Hints"),
            Facet.ERROR: self.tr("Unreadable"),
            Facet.NEAR: self.tr("Near the line"),
            Facet.EDITED: self.tr("Edited"),
        }

    def _chip(self, facet: Facet) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("role", "chip")
        chip.setProperty("facet", facet.value)
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(self._clicked)
        return chip

    def _build(self) -> None:
        self._fill_stars()
        self._fill_labels()
        for menu in (self._stars, self._labels):
            menu.setProperty("role", "chip")
            menu.setCheckable(True)
            menu.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        keys = {
            SortKey.NAME: self.tr("Name"),
            SortKey.TIME: self.tr("Capture time"),
            SortKey.RATING: self.tr("Most stars first"),
            SortKey.SCORE: self.tr("Worst score first"),
        }
        for key, name in keys.items():
            self._sort.addItem(name, key.value)
        self._sort.setAccessibleName(self.tr("Order"))
        self._sort.setToolTip(self.tr("By what the photos are sorted"))
        self._sort.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._turn.setText("⇅")
        self._turn.setProperty("role", "chip")
        self._turn.setCheckable(True)
        self._turn.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._turn.setToolTip(self.tr("Turn the order round"))
        self._turn.setAccessibleName(self.tr("Turn the order round"))
        self._sort.activated.connect(self._order_changed)
        self._turn.clicked.connect(self._order_changed)
        chips = self._chips
        flags = [chip for facet, chip in chips.items() if facet.group == "flag"]
        advice = [chip for facet, chip in chips.items() if facet.group != "flag"]
        pair = QHBoxLayout(self.order)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(4)
        pair.addWidget(self._sort)
        pair.addWidget(self._turn)
        for widget in (*flags, self._stars, self._labels, *advice):
            self.add(widget)

    def _fill_stars(self) -> None:
        menu = QMenu(self)
        choices = [(self.tr("Any stars"), (0, False))]
        choices += [(self.tr("{n} or more").format(n="★" * n), (n, False)) for n in range(1, 6)]
        choices += [(self.tr("No stars"), (1, True))]
        choices += [(self.tr("Fewer than {n}").format(n="★" * n), (n, True)) for n in range(2, 6)]
        for text, value in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(value)
            self._star_actions.addAction(action)
        self._star_actions.triggered.connect(self._stars_chosen)
        self._stars.setMenu(menu)

    def _fill_labels(self) -> None:
        menu = QMenu(self)
        names = {
            Facet.RED: self.tr("Red"),
            Facet.YELLOW: self.tr("Yellow"),
            Facet.GREEN: self.tr("Green"),
            Facet.BLUE: self.tr("Blue"),
            Facet.OTHER_LABEL: self.tr("Another label"),
            Facet.NO_LABEL: self.tr("No label"),
        }
        for facet, name in names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            self._label_actions[facet] = action
        menu.triggered.connect(self._labels_chosen)
        self._labels.setMenu(menu)

    def _show(self) -> None:
        """Lets every chip show what the filter says of it."""
        chosen = self._filter
        for facet, name in self._names().items():
            chip, excluded = self._chips[facet], facet in chosen.excluded
            chip.setText(self.tr("not {name}").format(name=name) if excluded else name)
            chip.setChecked(excluded or facet in chosen.wanted)
            chip.setToolTip(
                self.tr("Show only: {name}. Click again for all but these.").format(name=name)
                if not chip.isChecked()
                else self.tr("Click again to change or clear it")
            )
        for action in self._star_actions.actions():
            action.setChecked(tuple(action.data()) == (chosen.stars, chosen.fewer))
        self._stars.setChecked(chosen.stars > 0)
        self._stars.setText(self._stars_text())
        for facet, action in self._label_actions.items():
            action.setChecked(facet in chosen.wanted)
        on = [action.text() for action in self._label_actions.values() if action.isChecked()]
        self._labels.setText(", ".join(on) if on else self.tr("Label"))
        self._labels.setChecked(bool(on))
        self.arrange()

    def _stars_text(self) -> str:
        stars, fewer = self._filter.stars, self._filter.fewer
        if not stars:
            return self.tr("Stars")
        if fewer and stars == 1:
            return self.tr("No stars")
        return ("< " if fewer else "≥ ") + "★" * stars

    def _announce(self, chosen: PhotoFilter) -> None:
        self.set_filter(chosen)
        self.filter_chosen.emit(chosen)

    @Slot()
    def _clicked(self) -> None:
        self._turn_on(Facet(str(self.sender().property("facet"))))

    @Slot()
    def switch(self) -> None:
        """Does what a click on a chip does; the action that sends names the facet."""
        action = self.sender()
        if isinstance(action, QAction):
            self._turn_on(Facet(str(action.data())))

    def _turn_on(self, facet: Facet) -> None:
        wanted, excluded = self._filter.wanted - {facet}, self._filter.excluded - {facet}
        if facet in self._filter.wanted:
            excluded |= {facet}
        elif facet not in self._filter.excluded:
            wanted |= {facet}
        self._announce(PhotoFilter(wanted, excluded, self._filter.stars, self._filter.fewer))

    @Slot(QAction)
    def _stars_chosen(self, action: QAction) -> None:
        stars, fewer = action.data()
        self._announce(PhotoFilter(self._filter.wanted, self._filter.excluded, stars, fewer))

    @Slot(QAction)
    def _labels_chosen(self, _action: QAction) -> None:
        others = {facet for facet in self._filter.wanted if facet.group != "label"}
        on = {facet for facet, action in self._label_actions.items() if action.isChecked()}
        stars, fewer = self._filter.stars, self._filter.fewer
        self._announce(PhotoFilter(frozenset(others | on), self._filter.excluded, stars, fewer))

    @Slot()
    def _order_changed(self) -> None:
        self.order_chosen.emit(str(self._sort.currentData()), self._turn.isChecked())
