"""The operating points in the model card, rewritten whenever the lines are drawn anew."""

import json
import re
from pathlib import Path
from typing import Any

from editor.core.atomic_file import write_atomically
from quality.core.contract import CONTRACT_FILE
from quality.core.labels import DEFECTS
from quality.core.sharpness_contract import SECTION
from training.openings import CARD_FILE

_TITLE = "## Operating points"
_SECTION = re.compile(rf"^{_TITLE}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_COMBINED = (
    "These lines belong to the combined blur (`SHARPNESS_CARD.md`) and to the validation scenes as a scan\n"
    "sees them; the figures above were taken with the lines of the export, before that fit."
)


def points_section(contract: dict[str, Any]) -> str:
    """The section as Markdown.

    Args:
        contract: What `quality.json` says.
    """
    lines = [
        _TITLE,
        "",
        "| name | false rejects | " + " | ".join(f"{defect.value} line / P / R" for defect in DEFECTS) + " |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, point in contract["operating_points"].items():
        cells = [
            f"{point['thresholds'][defect.value]:.3f} / {point['precision'][defect.value]:.3f} / "
            f"{point['recall'][defect.value]:.3f}"
            for defect in DEFECTS
        ]
        lines.append(f"| {name} | {point['false_reject_rate']:.3f} | " + " | ".join(cells) + " |")
    if SECTION in contract:
        lines += ["", _COMBINED]
    return "\n".join(lines)


def rewrite_points(folder: Path) -> None:
    """Writes the lines that the contract of a folder holds now into its card, where there is one.

    Raises:
        OSError: If a file can't be read or written.
    """
    card = folder / CARD_FILE
    if not card.is_file():
        return
    section = points_section(json.loads((folder / CONTRACT_FILE).read_text(encoding="utf-8")))
    text = _SECTION.sub(lambda _: f"{section}\n\n", card.read_text(encoding="utf-8"))
    write_atomically(card, (text.rstrip("\n") + "\n").encode("utf-8"))
