"""Looks at a whole shoot now and then: asks one question about it, and sums up why photos are flagged."""

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.photo_list_model import PhotoListModel
from quality.core.cause import count_causes
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.series import DarkSeries, Frames, dark_series
from quality.core.thresholds import Mode
from quality.panel.quality_panel import QualityPanel
from quality.panel.shoot_summary import ShootSummary
from quality.panel.shoot_words import (
    FEWEST,
    Notice,
    calm_notice,
    cause_sentence,
    flood_notice,
    series_notice,
    summary_sentence,
)

LOOK_MS = 400
"""How long it waits before the shoot is looked at, so that a dragged line is never slowed down."""

_BLUR, _UNDER = DEFECTS.index(Defect.BLUR), DEFECTS.index(Defect.UNDER)


class ShootAdvice(QObject):
    """Lives in the GUI thread; advice only: an answer changes modes and scenes, never a mark."""

    scenes_changed = Signal()

    def __init__(
        self, photos: PhotoListModel, panel: QualityPanel, summary: ShootSummary, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._photos, self._panel, self._summary = photos, panel, summary
        self._series: list[DarkSeries] = []
        self._declined: set[str] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(LOOK_MS)
        self._rest.timeout.connect(self.look)
        panel.changed.connect(self._rest.start)
        panel.notice.accepted.connect(self._accepted)
        panel.notice.declined.connect(self._declined_now)

    def begin(self) -> None:
        """Another shoot is open."""
        self._declined.clear()
        self._panel.notice.say("", "")
        self._summary.say([])
        self.look_soon()

    def look_soon(self) -> None:
        """Scores came: looks a moment later, also while more come; moving lines are waited for."""
        if not self._rest.isActive():
            self._rest.start()

    @Slot()
    def look(self) -> None:
        """Looks now."""
        self._rest.stop()
        self._series = dark_series(self._frames())
        notice = next((one for one in self._notices() if one.key not in self._declined), None)
        if notice is None:
            self._panel.notice.say("", "")
        else:
            self._panel.notice.say(notice.key, notice.text, notice.yes, notice.no)
        self._summary.say(self._lines())

    def _notices(self) -> list[Notice]:
        """What could be said, the most pressing first."""
        shoot, over = self._photos.shoot, self._photos.over
        found = [flood_notice(over.flagged_by, shoot.judged)]
        found += [series_notice(series) for series in self._series]
        shown = bool(over.reasons.any() or over.hints.any())
        if not shown and shoot.judged >= FEWEST and shoot.settled == len(shoot):
            highest = PerDefect[float | None](*(self._panel.column(defect).highest for defect in DEFECTS))
            found.append(calm_notice(highest, self._panel.thresholds, self._panel.modes))
        return [notice for notice in found if notice is not None]

    def _frames(self) -> Frames:
        shoot, dark = self._photos.shoot, self._photos.over.reasons[:, _UNDER]
        return Frames(np.arange(len(shoot)), shoot.scenes.taken_s, dark, shoot.scenes.middle_ev)

    def _lines(self) -> list[str]:
        shoot, over = self._photos.shoot, self._photos.over
        shown = over.reasons | over.hints
        lines = (
            summary_sentence(over.flagged, over.flagged_by, over.hinted, len(shoot.faults)),
            cause_sentence(count_causes(Defect.BLUR, shoot.scenes.slow[shown[:, _BLUR]])),
            cause_sentence(count_causes(Defect.UNDER, shoot.scenes.dark_answers[shown[:, _UNDER]])),
        )
        return [line for line in lines if line]

    @Slot(str)
    def _accepted(self, key: str) -> None:
        kind, _, name = key.partition("-")
        if kind == "flood":
            self._panel.row(Defect(name)).click_mode(Mode.HINT)
        elif kind == "series":
            rows = next((one.rows for one in self._series if one.rows[0] == int(name)), ())
            self._photos.shoot.scenes.treat_as_night(rows)
            if self._panel.modes.under is Mode.REJECT:
                self._panel.row(Defect.UNDER).click_mode(Mode.AUTO)
            self.scenes_changed.emit()
        self._panel.flush()
        self.look()

    @Slot(str)
    def _declined_now(self, key: str) -> None:
        self._declined.add(key)
        self.look()
