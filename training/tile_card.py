"""The card of the tile network: what it is, what it was trained on and what was measured, as Markdown."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from editor.core.atomic_file import write_atomically
from quality.core.contract import CONTRACT_FILE
from quality.core.sharpness_contract import SECTION
from training.openings import TILE_CARD_FILE, TILE_LOG
from training.tile_config import SEEN
from training.tile_files import FACTS_FILE
from training.tile_report import figures_text
from training.tile_rivals import rivals_text


def write_card(folder: Path) -> None:
    """Writes the card from `sharpness.json` and, where it was fitted, the section of `quality.json`.

    Raises:
        OSError: If a file can't be read or written.
    """
    facts = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    contract = folder / CONTRACT_FILE
    section = json.loads(contract.read_text(encoding="utf-8")).get(SECTION) if contract.is_file() else None
    write_atomically(
        folder / TILE_CARD_FILE, card_text(facts, section, TILE_LOG.section(folder)).encode("utf-8")
    )


def card_text(facts: dict[str, Any], section: dict[str, Any] | None, openings: str) -> str:
    """The card.

    Args:
        facts: What `sharpness.json` says.
        section: Of `quality.json`; None where nothing was fitted yet.
        openings: The section that names every opening of the test part.
    """
    parts = ["# framesift-sharpness", _head(facts), _training(), _figures(facts)]
    if "rivals" in facts:
        parts.append(_rivals(facts["rivals"]))
    if section is not None:
        parts.append(_combined(section))
    parts += [_limits(), openings]
    return "\n\n".join(parts) + "\n"


def _head(facts: dict[str, Any]) -> str:
    recipes = ", then ".join(f"`{name}`" for name in (*facts.get("before", ()), facts["recipe"]))
    return (
        f"A network of {facts['parameters']:,} parameters (recipe {recipes}) that says of one tile "
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
    pairs = facts["texture_pairs"]
    least = ", ".join(f"{kind} {SEEN[kind]:g}" for kind in SEEN if kind != "sharp")
    return (
        f"## Figures\n\nOf tiles of unseen scenes {_shares(facts['tiles'])} are judged rightly over all "
        f"strengths, {_shares(facts['seen'])} over those a person sees at 100 % (from {least} on; radius and "
        "length in pixels, the others as in `training/tile_config.py`). Tiles with a texture below "
        f"{facts['texture']:g} grey levels are not judged: of pairs of a tile and the same tile blurred, "
        f"{pairs['right_below']:.2f} are ranked rightly below it and {pairs['right_from']:.2f} from it on "
        f"({pairs['pairs']:.0f} pairs)."
    )


def _shares(figures: dict[str, Any]) -> str:
    kinds = ", ".join(f"{kind} {figures[kind]:.3f}" for kind in SEEN if kind in figures)
    return f"{figures['accuracy']:.4f} of {figures['count']} ({kinds})"


def _rivals(rows: Sequence[dict[str, Any]]) -> str:
    return (
        "## Beside a rival\n\nThe same tiles of unseen scenes, and the median time of one tile on one core, "
        "the networks in turns on one machine (`python -m training sharpness-compare`). The first ships: its "
        "fewer mistakes count for more than the milliseconds, for which a scan has room.\n\n"
        + rivals_text(rows)
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
