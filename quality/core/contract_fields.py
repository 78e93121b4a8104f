"""Checked reading of the fields of a contract; knows JSON and ranges, not what the fields mean."""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from quality.core.errors import ContractError
from quality.core.labels import DEFECTS, PerDefect

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_SHOWN = 60
_LARGEST_COUNT = 4096


@dataclass(frozen=True, slots=True)
class Fields:
    """One object of the file, which knows where it stands so that a complaint can say so.

    Every reading method raises ContractError where the key is missing or its value is wrong.
    """

    path: Path
    where: str
    values: dict[str, Any]

    def section(self, key: str) -> "Fields":
        """The object under a key."""
        value = self._value(key)
        if not isinstance(value, dict):
            self._refuse(key, "an object", value)
        return Fields(self.path, self._name(key), value)

    def names(self) -> tuple[str, ...]:
        """Every key, in the order of the file."""
        return tuple(self.values)

    def free(self) -> dict[str, Any]:
        """The object as it stands, unchecked."""
        return dict(self.values)

    def require(self, keys: Iterable[str]) -> None:
        """Checks that keys are there."""
        for key in keys:
            self._value(key)

    def must_equal(self, key: str, expected: Any) -> None:
        """Checks that a key has exactly one value; 255.0 is as good as 255, but true is not 1."""
        value = self._value(key)
        if value != expected or isinstance(value, bool):
            self._refuse(key, _shown(expected), value)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            self._refuse(key, "a text", value)
        return value

    def file_name(self, key: str) -> str:
        """The bare name of a file in the folder of the contract."""
        value = self.text(key)
        if value in {".", ".."} or set(value) & set("/\\:\0"):
            self._refuse(key, "a file name without a folder", value)
        return value

    def sha256(self, key: str) -> str:
        """A hash as 64 lower-case hexadecimal digits."""
        value = self.text(key)
        if not _SHA256.fullmatch(value):
            self._refuse(key, "64 lower-case hexadecimal digits", value)
        return value

    def share(self, key: str) -> float:
        """A number in 0..1."""
        value = self._number(key)
        if not 0 <= value <= 1:
            self._refuse(key, "a number from 0 to 1", value)
        return value

    def positive(self, key: str) -> float:
        """A number above 0."""
        value = self._number(key)
        if not 0 < value < math.inf:
            self._refuse(key, "a number above 0", value)
        return value

    def number(self, key: str) -> float:
        """A finite number, of either sign."""
        value = self._number(key)
        if not math.isfinite(value):
            self._refuse(key, "a finite number", value)
        return value

    def count(self, key: str) -> int:
        """A whole number from 1 to 4096."""
        value = self._number(key)
        if not 1 <= value <= _LARGEST_COUNT or value != int(value):
            self._refuse(key, f"a whole number from 1 to {_LARGEST_COUNT}", value)
        return int(value)

    def per_defect(self, *, positive: bool = False) -> PerDefect[float]:
        """One number per defect: in 0..1, or any number above 0."""
        read = self.positive if positive else self.share
        return PerDefect(*(read(defect.value) for defect in DEFECTS))

    def _number(self, key: str) -> float:
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._refuse(key, "a number", value)
        return _as_float(value)

    def _value(self, key: str) -> Any:
        if key not in self.values:
            raise ContractError(self.path, f'"{self._name(key)}" is missing.')
        return self.values[key]

    def _name(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def _refuse(self, key: str, expected: str, found: object) -> NoReturn:
        raise ContractError(self.path, f'"{self._name(key)}" must be {expected}, but is {_shown(found)}.')


def read_fields(path: Path) -> Fields:
    """Reads a JSON object from a file.

    Raises:
        ContractError: The file cannot be read, or is not one JSON object with each key once.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ContractError(
            path, "The model's contract is missing; install the program again or train a model."
        ) from None
    except OSError as error:
        raise ContractError(path, f"The model's contract cannot be read: {error.strerror}.") from error
    try:
        values = json.loads(content.decode("utf-8"), object_pairs_hook=_each_key_once)
    except (ValueError, RecursionError) as error:
        raise ContractError(path, f"The model's contract is not valid JSON: {error}.") from error
    if not isinstance(values, dict):
        raise ContractError(path, f"The model's contract must be an object, but is {_shown(values)}.")
    return Fields(path, "", values)


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'"{twice}" stands there twice')
    return values


def _as_float(value: float) -> float:
    """As a float; a whole number too large for one becomes infinite, which no range allows."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _shown(value: object) -> str:
    """A value as JSON, short enough for a sentence."""
    text = json.dumps(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
