"""The card of the tile network: what it is, what it was trained on and what was measured, as Markdown."""

import json
from pathlib import Path
from typing import Any

from editor.core.atomic_file import write_atomically
from quality.core.contract import CONTRACT_FILE
from quality.core.sharpness_contract import SECTION
from training.tile_files import FACTS_FILE
from training.tile_report import figures_text

CARD_FILE = "SHARPNESS_CARD.md"


def write_card(folder: Path) -> None:
    """Writes the card from `sharpness.json` and, where it was fitted, the section of `quality.json`.

    Raises:
        OSError: If a file can't be read or written.
    """
    facts = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    contract = folder / CONTRACT_FILE
    section = json.loads(contract.read_text(encoding="utf-8")).get(SECTION) if contract.is_file() else None
    write_atomically(folder / CARD_FILE, card_text(facts, section).encode("utf-8"))


def card_text(facts: dict[str, Any], section: dict[str, Any] | None) -> str:
    """The card.

    Args:
        facts: What `sharpness.json` says.
        section: Of `quality.json`; None where nothing was fitted yet.
    """
    parts = ["# framesift-sharpness", _head(facts), _training(), _figures(facts)]
    if section is not None:
        parts.append(_combined(section))
    parts.append(_limits())
    return "\n\n".join(parts) + "\n"


def _head(facts: dict[str, Any]) -> str:
    return (
        f"A network of {facts['parameters']:,} parameters (recipe `{facts['recipe']}`) that says of one tile "
        f"of {facts['side']} x {facts['side']} pixels at native scale whether it is not sharp. A scan judges "
        f"at most {facts['count']} tiles of a photo. SHA-256: `{facts['sha256']}`. The exported network "
        f"agrees with the trained one within {facts['parity']['logit_difference']:.1e} in a logit."
    )


def _training() -> str:
    return (
        "## Training\n\nSharp tiles are parts of photos averaged down until they are sharp at the pixel (the "
        "scenes of the training part; `MODEL_CARD.md` has sources and licences). Tiles that are not sharp "
        "are made from them: defocus, shake, enlargement, heavy noise reduction, noise. All go through "
        "harmless changes and JPEG. Every number is in `training/tile_config.py`."
    )


def _figures(facts: dict[str, Any]) -> str:
    tiles, pairs = facts["tiles"], facts["texture_pairs"]
    kinds = ", ".join(
        f"{kind} {share:.3f}" for kind, share in tiles.items() if kind not in ("count", "accuracy")
    )
    return (
        f"## Figures\n\nOf {tiles['count']} tiles of unseen scenes {tiles['accuracy']:.4f} are judged "
        f"rightly ({kinds}). Tiles with a texture below {facts['texture']:g} grey levels are not judged: of "
        f"pairs of a tile and the same tile blurred, {pairs['right_below']:.2f} are ranked rightly below it "
        f"and {pairs['right_from']:.2f} from it on ({pairs['pairs']:.0f} pairs)."
    )


def _combined(section: dict[str, Any]) -> str:
    weights = ", ".join(f"{key} {value:.3f}" for key, value in section["combined"].items())
    return (
        "## One probability from both witnesses\n\nLogistic regression on the frame's logit, three order "
        "statistics of the tiles' logits, and how coarse the detail of the finest tile is (the energy of "
        "its second derivative averaged down to a half and a quarter, beside that at its own pixels, in the "
        "direction that lost most; it is alike at every scale in a sharp picture): "
        f"{weights}. Figures on validation scenes, each by a regression "
        "that did not see the scene; strengths are pixels at 1,500 px width.\n\n```\n"
        + figures_text(section["figures"]["validation"])
        + "\n```"
    )


def _limits() -> str:
    return (
        "## Failures to expect\n\n- Blur was made by computation; real shaken and defocused photos were not "
        "measured for this card.\n- A photo without texture cannot be judged; it becomes a hint, never a "
        "reject.\n- What is soft on purpose is called soft. Advice only: nothing may be deleted because of a "
        "verdict."
    )
