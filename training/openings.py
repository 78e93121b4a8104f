"""The openings of the test part: every one stands in a log beside the model card, and in the card."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from editor.core.atomic_file import write_atomically
from quality.core.labels import DEFECTS

LOG_FILE = "test_log.csv"
CARD_FILE = "MODEL_CARD.md"
_TITLE = "## Openings of the test part"
_SECTION = re.compile(rf"^{_TITLE}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_COLUMNS = (
    "date",
    "sha256",
    "auc",
    *(f"auc_{defect.value}" for defect in DEFECTS),
    "micro_accuracy",
    "exact_match",
    "false_rejects",
    "good_photos",
)


def log_opening(folder: Path, sha256: str, report: dict[str, Any]) -> None:
    """Adds a row to the log, and to the card where there is one.

    Args:
        folder: Of the model.
        sha256: Of the network that was measured.
        report: From `report_json`, of the test part.

    Raises:
        OSError: If a file can't be written.
    """
    kadis, rejects = report["kadis"]["all"], report["false_rejects"]["all"]
    row = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": sha256,
        "auc": _shown(kadis["auc"]),
        **{f"auc_{defect.value}": _shown(kadis["heads"][defect.value]["auc"]) for defect in DEFECTS},
        "micro_accuracy": _shown(kadis["micro_accuracy"]),
        "exact_match": _shown(kadis["exact_match"]),
        "false_rejects": str(rejects["rejected"]),
        "good_photos": str(rejects["pictures"]),
    }
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows([*_rows(folder), row])
    write_atomically(folder / LOG_FILE, table.getvalue().encode("utf-8"))
    card = folder / CARD_FILE
    if card.is_file():
        text = _SECTION.sub("", card.read_text(encoding="utf-8")).rstrip("\n")
        write_atomically(card, f"{text}\n\n{openings_section(folder)}\n".encode())


def openings_section(folder: Path) -> str:
    """The section of the card that names every opening in the log of a folder."""
    rows = _rows(folder)
    if not rows:
        return f"{_TITLE}\n\nNone yet."
    lines = [
        _TITLE,
        "",
        "All of them, from `test_log.csv`, by the KADIS protocol; false rejects at Balanced.",
        "",
        "| date | network | AUC | blur | under | over | micro-accuracy | exact match | false rejects |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        figures = [row["auc"], *(row[f"auc_{defect.value}"] for defect in DEFECTS)]
        figures += [row["micro_accuracy"], row["exact_match"]]
        lines.append(
            f"| {row['date'][:10]} | `{row['sha256'][:12]}` | {' | '.join(figures)} | "
            f"{row['false_rejects']} of {row['good_photos']} |"
        )
    return "\n".join(lines)


def _shown(figure: float | None) -> str:
    """Four digits; nothing for an AUC of scenes that never or always have a defect."""
    return "" if figure is None else f"{figure:.4f}"


def _rows(folder: Path) -> list[dict[str, str]]:
    path = folder / LOG_FILE
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
