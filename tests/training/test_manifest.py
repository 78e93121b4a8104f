"""The table of generated pictures survives a round trip; a wrong one is refused with a sentence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.errors import TableError
from training.manifest import COLUMNS, ManifestRow, read_manifest, write_manifest

_NAMES = st.from_regex(r"[a-z0-9_\-]{1,20}", fullmatch=True)
_BITS = st.integers(0, 1)
_ROWS = st.builds(
    ManifestRow, _NAMES, _BITS, _BITS, _BITS, st.sampled_from([0, 2, 3, 16, 17]), st.integers(0, 5), _NAMES
)


@given(rows=st.lists(_ROWS, max_size=8))
def test_round_trip(rows: list[ManifestRow], tmp_path_factory: pytest.TempPathFactory) -> None:
    table = tmp_path_factory.mktemp("manifest") / "labels.csv"
    write_manifest(table, rows)
    assert read_manifest(table) == rows


def test_the_published_columns_in_their_order(tmp_path: Path) -> None:
    write_manifest(tmp_path / "labels.csv", [ManifestRow("a_02_03.jpg", 1, 0, 0, 2, 3, "a")])
    header, row = (tmp_path / "labels.csv").read_text(encoding="utf-8").splitlines()
    assert header == "path,blur,under,over,dist_type,dist_level,ref" == ",".join(COLUMNS)
    assert row == "a_02_03.jpg,1,0,0,2,3,a"


def test_a_name_with_a_comma_survives(tmp_path: Path) -> None:
    rows = [ManifestRow('b,"c_00_00.jpg', 0, 0, 0, 0, 0, 'b,"c')]
    write_manifest(tmp_path / "labels.csv", rows)
    assert read_manifest(tmp_path / "labels.csv") == rows


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("path,blur,under\n", encoding="utf-8")
    with pytest.raises(TableError, match="over"):
        read_manifest(tmp_path / "labels.csv")
