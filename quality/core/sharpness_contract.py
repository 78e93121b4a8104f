"""The part of the contract that describes the tile network; without it the frame alone judges."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from quality.core.blur_evidence import CombinedBlur
from quality.core.contract_fields import Fields
from quality.core.tiles import TILE_RULE

SECTION = "sharpness"
WEIGHTS = ("bias", "frame", "sharpest", "lower", "middle", "coarseness")
"""Keys of the regression, in the order of `CombinedBlur`."""


@dataclass(frozen=True, slots=True)
class SharpnessContract:
    """What `quality.json` says of the tile network, checked.

    Attributes:
        model_file: File name of the network, in the folder of the contract.
        model_sha256: Hash of that file, 64 lower-case hexadecimal digits.
        input_name: Name of its only input, shape (N, side, side, 3), float32 in 0..255.
        output_name: Name of its output, shape (N, 1): the logit of "not sharp".
        side: Of a tile in pixels.
        count: How many tiles of a photo a scan judges at most.
        least_texture: Texture below which a tile is not judged, as `tiles.TilePlace` measures it.
        temperature: Divides a tile's logit before the sigmoid; above 0.
        combined: One probability from both witnesses.
        figures: What was measured on unseen scenes; free JSON, for display only.
    """

    model_file: str
    model_sha256: str
    input_name: str
    output_name: str
    side: int
    count: int
    least_texture: float
    temperature: float
    combined: CombinedBlur
    figures: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Stands for everything that is measured of tiles; the regression applies later."""
        return f"{self.model_sha256}:{self.side}:{self.count}:{self.least_texture:g}:coarseness"


def read_sharpness(fields: Fields) -> SharpnessContract | None:
    """Reads and checks the section of a contract; None where it has none.

    Raises:
        ContractError: A key of it is missing or wrong.
    """
    if SECTION not in fields.names():
        return None
    section = fields.section(SECTION)
    model, tile, tiles = section.section("model"), section.section("input"), section.section("tiles")
    tile.must_equal("channels", "RGB")
    tile.must_equal("range", [0, 255])
    tiles.must_equal("rule", TILE_RULE)
    combined = section.section("combined")
    return SharpnessContract(
        model_file=model.file_name("file"),
        model_sha256=model.sha256("sha256"),
        input_name=tile.text("name"),
        output_name=section.section("output").text("name"),
        side=tile.count("side"),
        count=tiles.count("count"),
        least_texture=tiles.positive("texture"),
        temperature=section.positive("temperature"),
        combined=CombinedBlur(*(combined.number(key) for key in WEIGHTS)),
        figures=MappingProxyType(section.section("figures").free()),
    )
