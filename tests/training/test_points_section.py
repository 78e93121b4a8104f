"""The lines in the model card follow the contract, and nothing else in the card changes."""

import json
from pathlib import Path
from typing import Any

from training.points_section import points_section, rewrite_points


def _contract(line: float) -> dict[str, Any]:
    values = {"blur": line, "under": 0.5, "over": 0.25}
    point = {"thresholds": values, "precision": values, "recall": values, "false_reject_rate": 0.03}
    return {"operating_points": {"balanced": point}}


def test_the_section_shows_each_line_with_its_precision_and_recall() -> None:
    text = points_section(_contract(0.75))
    assert "| balanced | 0.030 | 0.750 / 0.750 / 0.750 | 0.500 / 0.500 / 0.500 | 0.250" in text
    assert "combined blur" not in text
    assert "combined blur" in points_section(_contract(0.75) | {"sharpness": {}})


def test_a_card_gets_the_new_lines_and_keeps_the_rest(tmp_path: Path) -> None:
    before, after = "# A network\n\n## Figures\n\nnone", "## Failures to expect\n\n- all\n"
    card = tmp_path / "MODEL_CARD.md"
    card.write_text(f"{before}\n\n{points_section(_contract(0.75))}\n\n{after}", encoding="utf-8")
    (tmp_path / "quality.json").write_text(json.dumps(_contract(0.5)), encoding="utf-8")
    rewrite_points(tmp_path)
    assert card.read_text(encoding="utf-8") == f"{before}\n\n{points_section(_contract(0.5))}\n\n{after}"


def test_a_folder_without_a_card_is_left_alone(tmp_path: Path) -> None:
    rewrite_points(tmp_path)
    assert not list(tmp_path.iterdir())
