"""The line of the settings that says how large the cache is, and clears it; measures nothing itself."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.cache_service import CacheService, CacheTask
from app.numbers import data_size, number
from app.settings_editors import WIDTH
from app.settings_line import SettingsLine
from app.settings_table import CACHE, translated
from editor.core.cache_room import CacheSize


class CacheLine(SettingsLine):
    """Asks the service when it is made, and after clearing."""

    def __init__(self, service: CacheService, reset_icon: QIcon) -> None:
        editor = QWidget()
        super().__init__(translated(CACHE.text), translated(CACHE.tip), editor, reset_icon)
        self._service = service
        self.size_label = QLabel(self.tr("Measuring…"))
        self.clear_button = QPushButton(self.tr("Clear"))
        self.clear_button.setAutoDefault(False)
        self.clear_button.setToolTip(self.tr("Delete all thumbnails and scores of the cache"))
        self.clear_button.setAccessibleName(self.tr("Clear the cache"))
        editor.setFixedWidth(WIDTH)
        layout = QHBoxLayout(editor)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.size_label, 1)
        layout.addWidget(self.clear_button)
        self.name.setBuddy(self.clear_button)
        self.clear_button.clicked.connect(self._clear)
        service.measured.connect(self._show)
        service.start(CacheTask.MEASURE)

    @Slot()
    def _clear(self) -> None:
        self.size_label.setText(self.tr("Clearing…"))
        self.clear_button.setEnabled(False)
        self._service.start(CacheTask.CLEAR)

    @Slot(object)
    def _show(self, size: CacheSize) -> None:
        self.size_label.setText(data_size(size.byte_count))
        words = self.tr("{thumbnails} thumbnails: {first}. Scores: {second}.")
        self.size_label.setToolTip(
            words.format(
                thumbnails=number(size.thumbnails),
                first=data_size(size.thumbnail_bytes),
                second=data_size(size.score_bytes),
            )
        )
        self.clear_button.setEnabled(size.byte_count > 0)
