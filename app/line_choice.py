"""Which lines are in force: those of the open shoot, else the user's, else the operating point."""

from collections.abc import Mapping

from app.settings import Settings
from app.settings_table import LAST, START_THRESHOLDS
from quality.core.contract import BALANCED, OperatingPoint
from quality.core.shoot_lines import ShootLines
from quality.core.thresholds import Thresholds
from quality.panel.quality_panel import QualityPanel


class LineChoice:
    """Sets the panel and reads it; saves to the settings, never to a shoot."""

    def __init__(self, panel: QualityPanel, settings: Settings) -> None:
        """Knows no operating point yet."""
        self._panel, self._settings = panel, settings
        self._points: Mapping[str, OperatingPoint] = {}
        self._own: ShootLines | None = None

    def begin(self) -> None:
        """Another shoot is open; until its own lines are known, the user's hold."""
        self._own = None
        self.apply()

    def set_points(self, points: Mapping[str, OperatingPoint]) -> None:
        """There is a model, and these are its operating points."""
        self._points = points
        self.apply()

    def set_own(self, own: ShootLines) -> None:
        """The open shoot remembers lines of its own."""
        self._own = own
        self.apply()

    def apply(self) -> None:
        """Shows in the panel what is in force; nothing while there is no model."""
        if self._balanced is None:
            return
        own, settings = self._own, self._settings
        thresholds = self._start_thresholds() if own is None else own.thresholds
        self._panel.dark_line.set_value(settings.dark_line if own is None else own.dark_line)
        self._panel.set_lines(
            thresholds or self._balanced, settings.start_modes if own is None else own.modes
        )

    def read(self) -> ShootLines:
        """What the panel says, without nights; the operating point itself is not written down."""
        thresholds = self._panel.thresholds
        own = None if thresholds == self._balanced else thresholds
        return ShootLines(own, self._panel.modes, self._panel.dark_line.value)

    def remember(self) -> None:
        """The user changed something: it holds here, and in shoots that have no lines of their own."""
        self._own = self.read()
        self._settings.thresholds = self._own.thresholds
        self._settings.modes = self._own.modes
        self._settings.dark_line = self._own.dark_line

    @property
    def _balanced(self) -> Thresholds | None:
        """The operating point, None while there is no model."""
        return self._points[BALANCED].thresholds if self._points else None

    def _start_thresholds(self) -> Thresholds | None:
        """The lines a shoot begins with by the settings; None for the operating point."""
        preset = self._settings.value(START_THRESHOLDS)
        return self._settings.thresholds if preset == LAST else self._points[preset].thresholds
