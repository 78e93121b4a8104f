"""The contract is read strictly, and complaints name the key and what was found."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from quality.core.contract import OPERATING_POINTS, load_contract
from quality.core.errors import ContractError
from quality.core.labels import DEFECTS, PerDefect

Values = dict[str, Any]


@pytest.fixture
def values(tiny_model: ModuleType) -> Values:
    found: Values = tiny_model.contract_values(b"network")
    return found


@pytest.fixture
def load(tmp_path: Path) -> Callable[[Any], Any]:
    def write_and_load(values: Any) -> Any:
        path = tmp_path / "quality.json"
        path.write_bytes(values if isinstance(values, bytes) else json.dumps(values).encode())
        return load_contract(path)

    return write_and_load


def change(values: Values, key: str, value: Any) -> Values:
    """A copy with another value at a dotted key; the value `...` takes the key away."""
    changed = copy.deepcopy(values)
    *sections, last = key.split(".")
    place = changed
    for section in sections:
        place = place[section]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return changed


def test_round_trip(values: Values, load: Callable[[Any], Any]) -> None:
    values["temperature"] = {"blur": 0.5, "under": 1, "over": 2.5}
    values["operating_points"]["night"] = copy.deepcopy(values["operating_points"]["strict"])
    contract = load(values)
    assert (contract.name, contract.version) == (values["name"], values["version"])
    assert contract.model_file == values["model"]["file"]
    assert contract.model_sha256 == values["model"]["sha256"]
    assert (contract.input_name, contract.output_name) == ("image", "logits")
    assert (contract.rows, contract.columns) == (384, 512)
    assert contract.labels == DEFECTS
    assert contract.temperature == PerDefect(0.5, 1.0, 2.5)
    assert isinstance(contract.temperature.under, float)
    assert dict(contract.figures) == values["figures"]
    assert list(contract.operating_points) == [*OPERATING_POINTS, "night"]
    for name, point in contract.operating_points.items():
        written = values["operating_points"][name]
        assert point.name == name
        assert point.thresholds == PerDefect(**written["thresholds"])
        assert point.false_reject_rate == written["false_reject_rate"]
        assert point.precision == PerDefect(**written["precision"])
        assert point.recall == PerDefect(**written["recall"])


def test_keys_of_later_versions_are_left_alone(values: Values, load: Callable[[Any], Any]) -> None:
    values["later"] = {"anything": [1, None]}
    values["input"]["dtype"] = "float32"
    values["temperature"]["night"] = "unknown"
    assert load(values).name == "tiny"


def test_whole_numbers_may_be_written_with_a_point(values: Values, load: Callable[[Any], Any]) -> None:
    assert load(change(values, "input.range", [0.0, 255.0])).rows == 384


@pytest.mark.parametrize("bound", [0, 1])
def test_the_ends_of_the_range_are_thresholds(values: Values, load: Callable[[Any], Any], bound: int) -> None:
    changed = change(values, "operating_points.strict.thresholds.over", bound)
    assert load(changed).operating_points["strict"].thresholds.over == bound


@pytest.mark.parametrize(
    "key",
    [
        "schema",
        "name",
        "version",
        "model",
        "model.file",
        "model.sha256",
        "input",
        "input.name",
        "input.rows",
        "input.columns",
        "input.channels",
        "input.range",
        "input.resize",
        "output",
        "output.name",
        "output.labels",
        "temperature",
        "temperature.over",
        "operating_points",
        "operating_points.gentle",
        "operating_points.balanced",
        "operating_points.strict",
        "operating_points.strict.thresholds",
        "operating_points.strict.thresholds.blur",
        "operating_points.gentle.false_reject_rate",
        "operating_points.gentle.precision",
        "operating_points.gentle.recall.under",
        "figures",
    ],
)
def test_a_missing_key_is_named(values: Values, load: Callable[[Any], Any], key: str) -> None:
    with pytest.raises(ContractError) as caught:
        load(change(values, key, ...))
    assert caught.value.reason == f'"{key}" is missing.'


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("schema", 2, "must be 1, but is 2"),
        ("schema", True, "must be 1, but is true"),
        ("name", "", 'must be a text, but is ""'),
        ("version", 1, "must be a text, but is 1"),
        ("model", [], "must be an object, but is []"),
        ("model.file", "../quality.onnx", 'must be a file name without a folder, but is "../quality.onnx"'),
        ("model.file", "C:\\q.onnx", 'must be a file name without a folder, but is "C:\\\\q.onnx"'),
        ("model.file", "..", 'must be a file name without a folder, but is ".."'),
        ("model.sha256", "abc", 'must be 64 lower-case hexadecimal digits, but is "abc"'),
        ("input.rows", 380, "must be 384, but is 380"),
        ("input.columns", "512", 'must be 512, but is "512"'),
        ("input.channels", "BGR", 'must be "RGB", but is "BGR"'),
        ("input.range", [0, 1], "must be [0, 255], but is [0, 1]"),
        ("output.labels", ["under", "blur", "over"], 'must be ["blur", "under", "over"], but is ["under"'),
        ("temperature.blur", 0, "must be a number above 0, but is 0"),
        ("temperature.under", -1.5, "must be a number above 0, but is -1.5"),
        ("temperature.over", float("inf"), "must be a number above 0, but is Infinity"),
        ("temperature.over", float("nan"), "must be a number above 0, but is NaN"),
        ("temperature.over", 10**400, "must be a number above 0, but is inf"),
        ("temperature.over", None, "must be a number, but is null"),
        ("operating_points.strict.thresholds.blur", 1.01, "must be a number from 0 to 1, but is 1.01"),
        ("operating_points.strict.thresholds.blur", -0.01, "must be a number from 0 to 1, but is -0.01"),
        ("operating_points.strict.thresholds.blur", float("nan"), "must be a number from 0 to 1, but is NaN"),
        ("operating_points.strict.thresholds.blur", True, "must be a number, but is true"),
        ("operating_points.strict.recall.blur", "0.5", 'must be a number, but is "0.5"'),
        ("operating_points.strict.false_reject_rate", 2, "must be a number from 0 to 1, but is 2"),
        ("operating_points.balanced", 0.5, "must be an object, but is 0.5"),
        ("figures", None, "must be an object, but is null"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_what_was_found(
    values: Values, load: Callable[[Any], Any], key: str, value: Any, reason: str
) -> None:
    with pytest.raises(ContractError) as caught:
        load(change(values, key, value))
    assert caught.value.reason.startswith(f'"{key}" must be ')
    assert reason.casefold() in caught.value.reason.casefold()
    assert str(caught.value).startswith("quality.json: ")


def test_a_long_value_is_cut(values: Values, load: Callable[[Any], Any]) -> None:
    with pytest.raises(ContractError) as caught:
        load(change(values, "input.resize", "nearest " * 1000))
    assert "input.resize" in caught.value.reason
    assert len(caught.value.reason) < 250


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"schema": 1, "schema": 2}', 'not valid JSON: "schema" stands there twice'),
        (b"[1]", "must be an object, but is [1]"),
    ],
)
def test_what_is_no_object_is_refused(load: Callable[[Any], Any], content: bytes, reason: str) -> None:
    with pytest.raises(ContractError) as caught:
        load(content)
    assert reason in caught.value.reason


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="is missing"):
        load_contract(tmp_path / "quality.json")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="cannot be read"):
        load_contract(tmp_path)
