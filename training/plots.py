"""A page of plots for each set of judged pictures: ROC, precision-recall, reliability, scores, confusion."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_curve, roc_curve

from quality.core.labels import DEFECTS, PerDefect
from quality.core.probability import to_probabilities
from training.judge import Judged

Floats = NDArray[np.float64]
_BINS = 10


def draw_page(
    judged: Judged, temperature: PerDefect[float], thresholds: PerDefect[float], page: Path
) -> None:
    """Draws a row of five plots for each defect.

    Args:
        judged: Pictures with labels; unknown ones are left out.
        temperature: Of the network.
        thresholds: The lines of the confusion table and of the histogram.
        page: PNG to write.

    Raises:
        OSError: If it can't be written.
    """
    probabilities = to_probabilities(judged.logits, temperature)
    figure = Figure(figsize=(20, 12), layout="constrained")
    canvas = FigureCanvasAgg(figure)
    for column, (defect, row) in enumerate(zip(DEFECTS, figure.subplots(len(DEFECTS), 5), strict=True)):
        known = judged.labels[:, column] >= 0
        chances, truth = probabilities[known, column], judged.labels[known, column] == 1
        line = thresholds.of(defect)
        row[0].set_ylabel(defect.value)
        if truth.any() and not truth.all():
            wrong, right, _ = roc_curve(truth, chances)
            _curve(row[0], wrong, right, ("false positive rate", "recall"))
            precision, recall, _ = precision_recall_curve(truth, chances)
            _curve(row[1], recall, precision, ("recall", "precision"))
        _reliability(row[2], chances, truth)
        _histogram(row[3], chances, truth, line)
        _confusion(row[4], chances >= line, truth)
    canvas.print_png(page)


def reliability(chances: Floats, truth: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Mean probability and share of pictures with the defect, in each tenth that holds any picture."""
    place = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    filled = [number for number in range(_BINS) if (place == number).any()]
    said = np.array([chances[place == number].mean() for number in filled])
    true = np.array([truth[place == number].mean() for number in filled])
    return said, true


def confusion(flagged: NDArray[np.bool_], truth: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Counts, rows by truth and columns by verdict, good before defective, shape (2, 2)."""
    table = np.zeros((2, 2), np.int64)
    np.add.at(table, (truth.astype(int), flagged.astype(int)), 1)
    return table


def _curve(axes: Axes, x: Floats, y: Floats, names: tuple[str, str]) -> None:
    axes.plot(x, y)
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel=names[0], title=f"{names[1]} over {names[0]}")


def _reliability(axes: Axes, chances: Floats, truth: NDArray[np.bool_]) -> None:
    axes.plot([0, 1], [0, 1], color="0.7", linestyle=":")
    axes.plot(*reliability(chances, truth), marker="o")
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability", title="share with the defect")


def _histogram(axes: Axes, chances: Floats, truth: NDArray[np.bool_], line: float) -> None:
    for is_there, name in ((False, "good"), (True, "defective")):
        counts, edges = np.histogram(chances[truth == is_there], bins=40, range=(0, 1))
        axes.stairs(counts, edges, label=f"{int(counts.sum())} {name}")
    axes.axvline(line, color="0.5", linestyle="--")
    axes.set_yscale("symlog")
    axes.set(xlabel="probability", title="pictures")
    axes.legend()


def _confusion(axes: Axes, flagged: NDArray[np.bool_], truth: NDArray[np.bool_]) -> None:
    table = confusion(flagged, truth)
    axes.imshow(table, cmap="Blues")
    for (row, column), count in np.ndenumerate(table):
        axes.text(column, row, str(count), ha="center", va="center")
    axes.set(
        xticks=(0, 1), xticklabels=("clean", "flagged"), yticks=(0, 1), yticklabels=("good", "defective")
    )
    axes.set_title("verdict over truth")
