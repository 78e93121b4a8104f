"""A person's mark that disagrees with the advice, with all that was known then; as JSON and as a label.

It must not hold marks: those lie in the shoot's store; a correction holds what a mark says of the network.
"""

import dataclasses
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from editor.core.marks import Flag, RecordedMarks
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.thresholds import Thresholds
from quality.core.verdict import Decision, Verdict

VERSION = 1

COLUMNS = (
    "path",
    *(defect.value for defect in DEFECTS),
    "flag",
    "decided_at",
    "badge_seen",
    *(f"score_{defect.value}" for defect in DEFECTS),
    *(f"threshold_{defect.value}" for defect in DEFECTS),
    "model",
)
"""Of the table; training reads the first four."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One disagreement.

    Attributes:
        flag: What the person decided, ``pick`` or ``reject``.
        decided_at: When, ISO 8601 with a zone.
        badge_seen: Whether the advice could be seen then.
        flagged: The defects that the program advised rejecting for; empty where it advised keeping.
        scores: Probability per defect, in the order of `DEFECTS`.
        thresholds: Line per defect, in the order of `DEFECTS`.
        model: SHA-256 of the model.
        named: The defects that the person gave as the reason of a reject; empty where none was given.
    """

    flag: str
    decided_at: str
    badge_seen: bool
    flagged: tuple[str, ...]
    scores: tuple[float, ...]
    thresholds: tuple[float, ...]
    model: str
    named: tuple[str, ...] = ()

    def row(self, path: str) -> dict[str, object]:
        """A row of the table.

        A pick says that a flagged defect is none, a reject that the defects named with it are there; the
        others stay empty, for nobody spoke of them.
        """
        labels = {one.value: self._label(one) for one in DEFECTS}
        scores = {f"score_{one.value}": score for one, score in zip(DEFECTS, self.scores, strict=True)}
        lines = {f"threshold_{one.value}": line for one, line in zip(DEFECTS, self.thresholds, strict=True)}
        known = {"decided_at": self.decided_at, "badge_seen": int(self.badge_seen), "model": self.model}
        return {"path": path, **labels, "flag": self.flag, **scores, **lines, **known}

    def _label(self, defect: Defect) -> str:
        if self.flag == Flag.PICK and defect in self.flagged:
            return "0"
        return "1" if self.flag == Flag.REJECT and defect in self.named else ""


def find_correction(
    recorded: RecordedMarks | None,
    decision: Decision,
    scores: PerDefect[float] | None,
    thresholds: Thresholds,
    model: str,
    named: Collection[Defect] = (),
) -> Correction | None:
    """Compares a mark with the advice of that moment.

    Args:
        recorded: The mark; None where it was taken away.
        decision: The advice.
        scores: The probabilities behind it; None where the photo is not judged.
        thresholds: The lines.
        model: SHA-256 of the model.
        named: The defects that the person gave as the reason of a reject.

    Returns:
        The correction; None where mark and advice agree and no defect was named, or one of them says nothing.
    """
    if recorded is None or scores is None or decision.verdict is None:
        return None
    flag, advice = recorded.marks.flag, decision.verdict
    disagree = (flag is Flag.PICK and advice is Verdict.REJECT) or (
        flag is Flag.REJECT and (advice is Verdict.KEEP or bool(named))
    )
    if not disagree:
        return None
    return Correction(
        flag.value,
        recorded.provenance.decided_at.isoformat(),
        recorded.provenance.badge_seen,
        tuple(defect.value for defect in decision.reasons),
        tuple(scores),
        tuple(thresholds),
        model,
        tuple(one.value for one in DEFECTS if one in named) if flag is Flag.REJECT else (),
    )


def corrections_to_json(corrections: Mapping[str, Correction]) -> str:
    """One JSON object, from a photo's place to its correction."""
    return json.dumps({place: dataclasses.asdict(one) for place, one in corrections.items()})


def corrections_from_json(text: str) -> dict[str, Correction]:
    """The corrections again; those that make no sense are left out."""
    try:
        values = json.loads(text)
    except ValueError:
        return {}
    found = {}
    for place, one in values.items() if isinstance(values, dict) else ():
        try:
            found[place] = _correction(one)
        except (KeyError, TypeError, ValueError):
            continue
    return found


def _correction(values: Mapping[str, object]) -> Correction:
    def numbers(name: str) -> tuple[float, ...]:
        found = tuple(float(one) for one in _items(values[name]))
        if len(found) != len(DEFECTS):
            raise ValueError(name)
        return found

    return Correction(
        Flag(str(values["flag"])).value,
        str(values["decided_at"]),
        bool(values["badge_seen"]),
        tuple(Defect(str(one)).value for one in _items(values["flagged"])),
        numbers("scores"),
        numbers("thresholds"),
        str(values["model"]),
        tuple(Defect(str(one)).value for one in _items(values.get("named", []))),
    )


def _items(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(value)
    return [str(one) for one in value]
