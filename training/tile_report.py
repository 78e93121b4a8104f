"""The figures of both witnesses of blur side by side: recall by strength, false rejects, what each missed."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from training.blur_fit import Witness, is_clear, is_good, line_at
from training.physical_report import wilson_interval
from training.report import shown_share
from training.tile_views import CLEAR, STRENGTHS
from training.tile_witnesses import Testimony

Json = dict[str, Any]
RATE = 0.03
"""False rejects at which recalls are compared."""
FRAME, TILES, BOTH = "frame alone", "tiles alone", "both"


def witnesses_of(heard: Testimony, both: NDArray[np.float64]) -> tuple[Witness, ...]:
    """Every way to judge blur that is compared; tiles alone means the sharpest textured tile.

    A photo in which no tile has texture is given the lowest score by the tiles: they never reject it.
    """
    sharpest = np.where(heard.judged > 0, heard.features[:, 1], -np.inf)
    return (
        Witness(FRAME, heard.logits[:, 0]),
        Witness(TILES, np.maximum(sharpest, -1e3)),
        Witness(BOTH, both),
        Witness("Laplacian of the frame", -heard.laplacian_frame),
        Witness("Laplacian of the best tile", -heard.laplacian_tile),
    )


def witness_figures(heard: Testimony, both: NDArray[np.float64], line: float | None = None) -> Json:
    """All figures as JSON values.

    Args:
        heard: What was said of photos with blur and without.
        both: Combined scores, shape (N,), by a regression that did not see the scene.
        line: Of the combined score; None takes the one at 3 % false rejects of these photos.
    """
    ways = witnesses_of(heard, both)
    lines = {way.name: line_at(way.scores[is_good(heard)], RATE) for way in ways}
    figures: Json = {
        "photos": len(heard.refs),
        "cannot_tell": int((heard.judged == 0).sum()),
        "witnesses": {way.name: _figures(heard, way, lines[way.name]) for way in ways},
        "missed": _missed(heard, ways[:3], lines),
    }
    if line is not None:
        figures["balanced"] = _figures(heard, ways[2], line)
    return figures


def _figures(heard: Testimony, way: Witness, line: float) -> Json:
    good, flagged = is_good(heard), way.scores >= line
    clear = is_clear(heard, "defocus") | is_clear(heard, "shake")
    both = good | clear
    composed = flagged[heard.kinds == "composed"]
    return {
        "auc": _rounded(roc_auc_score(clear[both], way.scores[both])) if clear.any() and good.any() else None,
        "false_rejects": wilson_interval(int(flagged[good].sum()), int(good.sum())),
        "soft_background": wilson_interval(int(composed.sum()), len(composed)),
        "clear": {kind: _recall(flagged, is_clear(heard, kind)) for kind in CLEAR},
        "recall": {
            kind: {
                f"{strength:g}": _recall(flagged, (heard.kinds == kind) & (heard.strengths == strength))
                for strength in strengths
            }
            for kind, strengths in STRENGTHS.items()
        },
    }


def _recall(flagged: NDArray[np.bool_], mask: NDArray[np.bool_]) -> Json:
    found = flagged[mask]
    return {"photos": len(found), "recall": _rounded(float(found.mean())) if len(found) else None}


def _missed(heard: Testimony, ways: tuple[Witness, ...], lines: dict[str, float]) -> Json:
    """Of clear blurs and of good photos: how many each of the two witnesses, and both, call blurred."""
    frame, tiles, both = (way.scores >= lines[way.name] for way in ways)
    groups = {
        "defocus": is_clear(heard, "defocus"),
        "shake": is_clear(heard, "shake"),
        "pristine": heard.kinds == "pristine",
        "soft background": heard.kinds == "composed",
    }
    return {
        name: {
            "photos": int(mask.sum()),
            "flagged by both witnesses": int((mask & frame & tiles).sum()),
            "by the frame only": int((mask & frame & ~tiles).sum()),
            "by the tiles only": int((mask & ~frame & tiles).sum()),
            "by neither": int((mask & ~frame & ~tiles).sum()),
            "flagged combined": int((mask & both).sum()),
        }
        for name, mask in groups.items()
    }


def figures_text(figures: Json) -> str:
    """The figures as a table for people."""
    lines = [f"{figures['photos']} photos, {figures['cannot_tell']} without enough texture to tell", ""]
    lines.append(
        f"{'at 3 % false rejects':28}{'AUC':>7}{'defocus':>10}{'shake':>8}{'soft background rejected':>26}"
    )
    for name, found in figures["witnesses"].items():
        clear, soft = found["clear"], found["soft_background"]
        lines.append(
            f"{name:28}{shown_share(found['auc']):>7}{shown_share(clear['defocus']['recall']):>10}"
            f"{shown_share(clear['shake']['recall']):>8}{soft['rejected']:>14} of {soft['pictures']:<5}"
        )
    for kind, unit in (("defocus", "radius"), ("shake", "length")):
        lines += ["", f"recall of {kind} by {unit} in pixels at 1,500 px width (least clear {CLEAR[kind]:g})"]
        for name, found in figures["witnesses"].items():
            cells = (f"{key}: {shown_share(cell['recall'])}" for key, cell in found["recall"][kind].items())
            lines.append(f"  {name:28}" + "  ".join(cells))
    lines += ["", "what each witness called blurred"]
    for name, counts in figures["missed"].items():
        lines.append(f"  {name:16}" + ", ".join(f"{key} {value}" for key, value in counts.items()))
    return "\n".join(lines)


def _rounded(value: float) -> float:
    return round(float(value), 4)
