"""One stroke of the user at marks: what it changes, and the words for it; changes nothing itself."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from app.numbers import number
from editor.core.marks import Flag, Marks


def _tr(text: str) -> str:
    return QCoreApplication.translate("MarkEdit", text)


@dataclass(frozen=True, slots=True)
class MarkEdit:
    """Sets one kind of mark and leaves the others; exactly one of the three is not None.

    Attributes:
        flag: The new flag.
        rating: The new stars, 0..5.
        label: The new label; an empty one takes the label away.
    """

    flag: Flag | None = None
    rating: int | None = None
    label: str | None = None

    def applied(self, marks: Marks) -> Marks:
        """The marks after the stroke."""
        if self.flag is not None:
            return replace(marks, flag=self.flag)
        if self.rating is not None:
            return replace(marks, rating=self.rating)
        return replace(marks, label=self.label or None)

    def words(self, name: str, count: int) -> str:
        """What was done, for status line and undo: ``12 photos rejected``.

        Args:
            name: The photo's name, said where it is the only one.
            count: How many photos.
        """
        photos = name if count == 1 else _tr("{n} photos").format(n=number(count))
        return self._pattern().format(photos=photos, stars=self.rating, label=label_name(self.label or ""))

    def _pattern(self) -> str:
        if self.flag is not None:
            return {
                Flag.PICK: _tr("{photos} picked"),
                Flag.REJECT: _tr("{photos} rejected"),
                Flag.UNFLAGGED: _tr("{photos} made undecided"),
            }[self.flag]
        if self.rating is not None:
            plain = {0: _tr("{photos}: stars taken away"), 1: _tr("{photos}: 1 star")}
            return plain.get(self.rating, _tr("{photos}: {stars} stars"))
        return _tr("{photos}: {label} label") if self.label else _tr("{photos}: label taken away")


def label_name(label: str) -> str:
    """A label in the user's language; one of another program stays as it is."""
    known = {"Red": _tr("red"), "Yellow": _tr("yellow"), "Green": _tr("green"), "Blue": _tr("blue")}
    return known.get(label, label)


def spoken_marks(marks: Marks) -> str:
    """Marks in words for a screen reader: ``picked, 3 stars, label red``; empty without any."""
    parts = []
    if marks.flag is Flag.PICK:
        parts.append(_tr("picked"))
    elif marks.flag is Flag.REJECT:
        parts.append(_tr("rejected"))
    if marks.rating:
        parts.append(_tr("1 star") if marks.rating == 1 else _tr("{n} stars").format(n=marks.rating))
    if marks.label:
        parts.append(_tr("label {label}").format(label=label_name(marks.label)))
    return ", ".join(parts)
