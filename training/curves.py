"""Draws loss and AUC after every epoch across the stages, on one epoch axis."""

import csv
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def draw_curves(table: Path, picture: Path) -> None:
    """Draws `train_log.csv` as a PNG with a panel each for loss and AUC.

    Args:
        table: Rows with stage, loss, val_loss, auc, val_auc.
        picture: PNG to write.
    """
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    figure = Figure(figsize=(10, 4), layout="constrained")
    canvas = FigureCanvasAgg(figure)
    epochs = range(1, len(rows) + 1)
    for axes, name in zip(figure.subplots(1, 2), ("loss", "auc"), strict=True):
        axes.plot(epochs, [float(row[name]) for row in rows], marker=".", label="training")
        axes.plot(epochs, [float(row[f"val_{name}"]) for row in rows], marker=".", label="validation")
        for number, row in enumerate(rows):
            if number and row["stage"] != rows[number - 1]["stage"]:
                axes.axvline(number + 0.5, color="0.7", linestyle=":")
        axes.set_xlabel("epoch")
        axes.set_title(name)
        axes.legend()
    canvas.print_png(picture)
