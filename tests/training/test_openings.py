"""Tests for the log of openings of the test part."""

from pathlib import Path

import pytest

from training.openings import FRAME_LOG, TILE_LOG, log_tile_opening

BOTH = {
    "auc": 0.9987,
    "clear": {"defocus": {"photos": 3, "recall": 1.0}, "shake": {"photos": 0, "recall": None}},
    "soft_background": {"rejected": 7, "pictures": 339},
}


def test_an_opening_for_the_tiles_stands_in_their_log_and_on_their_card(tmp_path: Path) -> None:
    card = tmp_path / TILE_LOG.card
    card.write_text("# tiles\n\n## Openings of the test part\n\nNone yet.\n\n## Limits\n\n- one\n")
    log_tile_opening(tmp_path, "ab" * 32, BOTH)
    log_tile_opening(tmp_path, "cd" * 32, BOTH)
    header, first, second = (tmp_path / TILE_LOG.file).read_text().splitlines()
    assert header == "date,sha256,auc,recall_defocus,recall_shake,soft_rejected,soft_photos"
    assert first.split(",")[1:] == ["ab" * 32, "0.9987", "1.0000", "", "7", "339"]
    assert second.split(",")[1] == "cd" * 32
    text = card.read_text()
    assert text.startswith("# tiles\n\n## Limits\n\n- one\n\n## Openings of the test part\n")
    assert text.count("| 0.9987 | 1.0000 |  | 7 | 339 |") == 2
    assert "None yet" not in text


def test_the_section_says_when_nothing_was_opened(tmp_path: Path) -> None:
    assert FRAME_LOG.section(tmp_path).endswith("None yet.")


def test_every_column_needs_a_figure(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shorter"):
        FRAME_LOG.add(tmp_path, "ab" * 32, ["0.9"])
    assert not (tmp_path / FRAME_LOG.file).exists()
