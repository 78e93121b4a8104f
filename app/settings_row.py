"""What one row of the settings table says: id, group, key in the file, texts, values; stores nothing."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One of several named values.

    Attributes:
        id: Its name in code, and what `changed` carries.
        group: The group it lies in.
        key: Its key in the settings file.
        text: Untranslated name.
        tip: Untranslated sentence that says what it does.
        choices: The values with their untranslated names; the first is the default.
        restart: Whether it takes effect only at the next start.
    """

    id: str
    group: str
    key: str
    text: str
    tip: str
    choices: tuple[tuple[str, str], ...]
    restart: bool = False

    @property
    def default(self) -> str:
        """The value while the user has chosen none."""
        return self.choices[0][0]

    @property
    def values(self) -> tuple[str, ...]:
        """Every value, in the order of the table."""
        return tuple(value for value, _text in self.choices)


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """On or off; the attributes are those of `ChoiceRow`."""

    id: str
    group: str
    key: str
    text: str
    tip: str
    default: bool = False
    restart: bool = False


@dataclass(frozen=True, slots=True)
class WholeRow:
    """A whole number; the other attributes are those of `ChoiceRow`.

    Attributes:
        low: The smallest value.
        high: The largest value.
        default: The value while the user has chosen none.
        unit: What is counted, as shown behind the number; empty for none.
        lowest_text: Untranslated name of the smallest value, where it has one.
        step: How far an arrow of the box goes.
    """

    id: str
    group: str
    key: str
    text: str
    tip: str
    low: int
    high: int
    default: int
    unit: str = ""
    lowest_text: str = ""
    step: int = 1
    restart: bool = False


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that the user may name; the other attributes are those of `ChoiceRow`.

    Attributes:
        none_text: Untranslated name of the default, which is no file.
        pattern: Untranslated filter of the dialog that asks for it, as Qt writes it.
        default: Always empty.
    """

    id: str
    group: str
    key: str
    text: str
    tip: str
    none_text: str
    pattern: str
    default: str = ""
    restart: bool = False


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the dialog with a widget of its own; it stores nothing under a key of the table.

    Attributes:
        id: Its name in code.
        group: The group it lies in.
        text: Untranslated name.
        tip: Untranslated sentence that says what it does.
    """

    id: str
    group: str
    text: str
    tip: str


ValueRow: TypeAlias = ChoiceRow | SwitchRow | WholeRow | FileRow
Row: TypeAlias = ValueRow | PartRow
