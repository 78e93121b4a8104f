"""The openings of the test part: every one stands in a log beside the model's cards, and in its card."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from editor.core.atomic_file import write_atomically
from quality.core.labels import DEFECTS

Row = dict[str, str]
CARD_FILE = "MODEL_CARD.md"
TILE_CARD_FILE = "SHARPNESS_CARD.md"
_TITLE = "## Openings of the test part"
_SECTION = re.compile(rf"^{_TITLE}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_DATE, _SHA256 = "date", "sha256"


@dataclass(frozen=True, slots=True)
class OpeningLog:
    """The log of one network.

    Attributes:
        file: Its name in the folder of the model.
        card: Of the network, in the same folder.
        measured: What the figures belong to, for the card.
        columns: Of the figures: the column of the log and its heading on the card.
    """

    file: str
    card: str
    measured: str
    columns: tuple[tuple[str, str], ...]

    def add(self, folder: Path, sha256: str, figures: Sequence[str]) -> None:
        """Adds a row to the log, and to the card where there is one.

        Args:
            folder: Of the model.
            sha256: Of the network that was measured.
            figures: One for each column.

        Raises:
            OSError: If a file can't be written.
            ValueError: If there are more or fewer figures than columns.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        keys = (_DATE, _SHA256, *(key for key, _ in self.columns))
        row = dict(zip(keys, (now, sha256, *figures), strict=True))
        table = io.StringIO(newline="")
        writer = csv.DictWriter(table, keys, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*self._rows(folder), row])
        write_atomically(folder / self.file, table.getvalue().encode("utf-8"))
        card = folder / self.card
        if card.is_file():
            text = _SECTION.sub("", card.read_text(encoding="utf-8")).rstrip("\n")
            write_atomically(card, f"{text}\n\n{self.section(folder)}\n".encode())

    def section(self, folder: Path) -> str:
        """The section of the card that names every opening in the log of a folder."""
        rows = self._rows(folder)
        if not rows:
            return f"{_TITLE}\n\nNone yet."
        headings = ("date", "network", *(heading for _, heading in self.columns))
        lines = [
            _TITLE,
            "",
            f"All of them, from `{self.file}`, {self.measured}.",
            "",
            f"| {' | '.join(headings)} |",
            f"| {' | '.join('---' for _ in headings)} |",
        ]
        for row in rows:
            cells = (row[_DATE][:10], f"`{row[_SHA256][:12]}`", *(row[key] for key, _ in self.columns))
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join(lines)

    def _rows(self, folder: Path) -> list[Row]:
        path = folder / self.file
        if not path.is_file():
            return []
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


FRAME_LOG = OpeningLog(
    "test_log.csv",
    CARD_FILE,
    "by the KADIS protocol; false rejects at Balanced, of good photos",
    (
        ("auc", "AUC"),
        *((f"auc_{defect.value}", defect.value) for defect in DEFECTS),
        ("micro_accuracy", "micro-accuracy"),
        ("exact_match", "exact match"),
        ("false_rejects", "false rejects"),
        ("good_photos", "good photos"),
    ),
)
TILE_LOG = OpeningLog(
    "sharpness_test_log.csv",
    TILE_CARD_FILE,
    "both witnesses at 3 % false rejects; recall of clear blurs, soft backgrounds called blurred",
    (
        ("auc", "AUC"),
        ("recall_defocus", "defocus"),
        ("recall_shake", "shake"),
        ("soft_rejected", "soft backgrounds"),
        ("soft_photos", "of"),
    ),
)


def log_frame_opening(folder: Path, sha256: str, report: dict[str, Any]) -> None:
    """Logs the figures of the frame's network.

    Args:
        folder: Of the model.
        sha256: Of the network.
        report: From `report_json`, of the test part.

    Raises:
        OSError: If a file can't be written.
    """
    kadis, rejects = report["kadis"]["all"], report["false_rejects"]["all"]
    figures = [kadis["auc"], *(kadis["heads"][defect.value]["auc"] for defect in DEFECTS)]
    figures += [kadis["micro_accuracy"], kadis["exact_match"]]
    counts = (str(rejects["rejected"]), str(rejects["pictures"]))
    FRAME_LOG.add(folder, sha256, (*(_shown(figure) for figure in figures), *counts))


def log_tile_opening(folder: Path, sha256: str, both: dict[str, Any]) -> None:
    """Logs the figures of both witnesses of blur.

    Args:
        folder: Of the model.
        sha256: Of the tile network.
        both: Of `witness_figures`, what both witnesses together found in the test part.

    Raises:
        OSError: If a file can't be written.
    """
    clear, soft = both["clear"], both["soft_background"]
    figures = (both["auc"], clear["defocus"]["recall"], clear["shake"]["recall"])
    counts = (str(soft["rejected"]), str(soft["pictures"]))
    TILE_LOG.add(folder, sha256, (*(_shown(figure) for figure in figures), *counts))


def _shown(figure: float | None) -> str:
    """Four digits; nothing for a figure of scenes that never or always have a defect."""
    return "" if figure is None else f"{figure:.4f}"
