"""Measures a network on scenes it never saw, by both protocols; the report is made elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from quality.core.labels import PerDefect
from training.baseline import Baseline, fit_baseline
from training.judge import Judged, LogitModel, judge, measure_only
from training.photos import PictureStore, SourcePhoto
from training.testsets import composed_scene, draw_set, kadis_scene, physical_scene

BASELINE_SCENES = 300
"""Training scenes the baseline's lines are fitted on; more move them very little."""


@dataclass(frozen=True)
class Evaluation:
    """What a network said about the test sets of some scenes."""

    kadis: Judged
    physical: Judged
    composed: Judged

    def both(self) -> Judged:
        """The pictures of both protocols."""
        return self.kadis.joined(self.physical)

    def shifted(self, offset: PerDefect[float]) -> "Evaluation":
        """What it is with an offset added to the logits of each head."""
        added = np.array(list(offset))
        sets = (self.kadis, self.physical, self.composed)
        return Evaluation(*(replace(judged, logits=judged.logits + added) for judged in sets))


def evaluate(photos: Sequence[SourcePhoto], store: PictureStore, model: LogitModel) -> Evaluation:
    """Draws all test sets of these scenes and runs the network over them.

    Raises:
        PhotoError: If a photo can't be decoded.
        ValueError: If there are no photos.
    """
    return Evaluation(
        kadis=judge(draw_set(photos, store, kadis_scene), model),
        physical=judge(draw_set(photos, store, physical_scene), model),
        composed=judge(draw_set(photos, store, composed_scene), model),
    )


def baseline_of(photos: Sequence[SourcePhoto], store: PictureStore) -> Baseline:
    """The baseline, fitted on both protocols' pictures of training scenes.

    Args:
        photos: Scenes of the training part, in any number.
        store: Their pixels.

    Raises:
        PhotoError: If a photo can't be decoded.
        ValueError: If there are too few photos to show every defect.
    """
    chosen = photos[:: max(1, len(photos) // BASELINE_SCENES)][:BASELINE_SCENES]
    sets = [measure_only(draw_set(chosen, store, scene)) for scene in (kadis_scene, physical_scene)]
    both = sets[0].joined(sets[1])
    return fit_baseline(both.measures, both.labels)
