"""The contract of the model (`quality.json`): what it is fed, what it answers, how its answers are judged.

Checks every key this program relies on and says precisely what is wrong; never opens the network itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quality.core.contract_fields import Fields, read_fields
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS, RESIZE_RULE
from quality.core.sharpness_contract import SharpnessContract, read_sharpness
from quality.core.thresholds import Thresholds

CONTRACT_FILE = "quality.json"
CONTRACT_SCHEMA = 1
BALANCED = "balanced"
OPERATING_POINTS = ("gentle", BALANCED, "strict")
"""Operating points every contract must have; it may have more."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """A measured choice of thresholds.

    Attributes:
        name: What it is called, for example ``balanced``.
        thresholds: One line per defect, in 0..1.
        false_reject_rate: Share of good photos over any line, in 0..1.
        precision: Share of flagged photos that have the defect, in 0..1.
        recall: Share of photos with the defect that are flagged, in 0..1.
    """

    name: str
    thresholds: Thresholds
    false_reject_rate: float
    precision: PerDefect[float]
    recall: PerDefect[float]


@dataclass(frozen=True, slots=True)
class QualityContract:
    """What `quality.json` says, checked.

    Attributes:
        name: Name of the model.
        version: Version of the model.
        model_file: File name of the network, in the folder of the contract.
        model_sha256: Hash of that file, 64 lower-case hexadecimal digits.
        input_name: Name of the network's only input, shape (N, rows, columns, 3), float32 in 0..255.
        output_name: Name of its output, logits of shape (N, 3).
        rows: Height of the input in pixels.
        columns: Width of the input in pixels.
        labels: The defects in the order of the output.
        temperature: Divides each logit before the sigmoid; above 0.
        operating_points: By name; at least those in `OPERATING_POINTS`.
        figures: What was measured on unseen photos; free JSON, for display only.
        sharpness: The tile network that judges blur too; None where the frame alone does.
    """

    name: str
    version: str
    model_file: str
    model_sha256: str
    input_name: str
    output_name: str
    rows: int
    columns: int
    labels: tuple[Defect, ...]
    temperature: PerDefect[float]
    operating_points: Mapping[str, OperatingPoint]
    figures: Mapping[str, Any]
    sharpness: SharpnessContract | None = None

    @property
    def key(self) -> str:
        """Stands for all networks in whose light a photo is judged."""
        return self.model_sha256 if self.sharpness is None else f"{self.model_sha256}+{self.sharpness.key}"


def load_contract(path: Path) -> QualityContract:
    """Reads and checks a contract; keys that this program does not know are left alone.

    Args:
        path: The `quality.json` to read.

    Returns:
        The contract, every value in its range.

    Raises:
        ContractError: The file cannot be read, is not JSON, or a key is missing or wrong; the reason
            names the key and what was found there.
    """
    fields = read_fields(path)
    fields.must_equal("schema", CONTRACT_SCHEMA)
    model, points = fields.section("model"), fields.section("operating_points")
    _check_input(fields.section("input"))
    output = fields.section("output")
    output.must_equal("labels", [defect.value for defect in DEFECTS])
    points.require(OPERATING_POINTS)
    return QualityContract(
        name=fields.text("name"),
        version=fields.text("version"),
        model_file=model.file_name("file"),
        model_sha256=model.sha256("sha256"),
        input_name=fields.section("input").text("name"),
        output_name=output.text("name"),
        rows=INPUT_ROWS,
        columns=INPUT_COLUMNS,
        labels=DEFECTS,
        temperature=fields.section("temperature").per_defect(positive=True),
        operating_points=MappingProxyType(
            {name: _operating_point(name, points.section(name)) for name in points.names()}
        ),
        figures=MappingProxyType(fields.section("figures").free()),
        sharpness=read_sharpness(fields),
    )


def _check_input(fields: Fields) -> None:
    """The preprocessing is code shared with training, so the contract must name exactly that one."""
    fields.must_equal("rows", INPUT_ROWS)
    fields.must_equal("columns", INPUT_COLUMNS)
    fields.must_equal("channels", "RGB")
    fields.must_equal("range", [0, 255])
    fields.must_equal("resize", RESIZE_RULE)


def _operating_point(name: str, fields: Fields) -> OperatingPoint:
    return OperatingPoint(
        name=name,
        thresholds=fields.section("thresholds").per_defect(),
        false_reject_rate=fields.share("false_reject_rate"),
        precision=fields.section("precision").per_defect(),
        recall=fields.section("recall").per_defect(),
    )
