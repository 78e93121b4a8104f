"""Sharpness in words: where it is, which way it is smeared, and what a photo is sharp enough for."""

from PySide6.QtCore import QCoreApplication

from quality.core.blur_evidence import BlurWitnesses
from quality.core.sharpness_report import SURELY_SHARP, Delivery, SharpnessReport

_MOSTLY = 0.75
_SURELY_SOFT = 0.65


def _tr(text: str) -> str:
    return QCoreApplication.translate("SharpnessWords", text)


def report_words(report: SharpnessReport) -> str:
    """The reason in words, by the map at full resolution."""
    if report.cannot_tell:
        return cannot_tell_words()
    if report.is_soft_everywhere:
        return soft_words(report.map.streak)
    if report.map.sharp_share >= _MOSTLY:
        return _tr("Sharp wherever there is texture")
    return _tr("Subject sharp, background soft")


def cannot_tell_words() -> str:
    """Why a photo without texture is not judged."""
    return _tr("Cannot tell sharp from soft: nothing has enough texture")


def soft_words(streak: float | None) -> str:
    """Soft everywhere, and which way the streaks run where there are some."""
    if streak is None:
        return _tr("Soft everywhere")
    return _tr("Soft everywhere, streaks {direction}").format(direction=direction_words(streak))


def direction_words(degrees: float) -> str:
    """A direction of streaks: 0 degrees to the right, 90 upwards; streaks have no beginning."""
    names = (
        _tr("from side to side"),
        _tr("to the upper right"),
        _tr("up and down"),
        _tr("to the upper left"),
    )
    return names[round(degrees / 45) % 4]


def witness_words(witnesses: BlurWitnesses | None) -> str:
    """What the scan's tiles say of a photo that is not flagged; empty where they add nothing."""
    if witnesses is None or witnesses.sharpest is None or witnesses.middle is None:
        return ""
    if witnesses.sharpest <= SURELY_SHARP and witnesses.middle >= _SURELY_SOFT:
        return _tr("Subject sharp, background soft")
    return ""


def delivery_words(deliveries: tuple[Delivery, ...]) -> str:
    """For example ``Sharp enough for: 2,048 px yes, 4K yes, full size no``."""
    answers = {True: _tr("yes"), False: _tr("no"), None: _tr("cannot tell")}
    parts = [f"{_size_name(one.long_side)} {answers[one.sharp]}" for one in deliveries]
    return _tr("Sharp enough for: {sizes}").format(sizes=", ".join(parts))


def _size_name(long_side: int | None) -> str:
    names = {None: _tr("full size"), 2048: _tr("2,048 px"), 3840: _tr("4K")}
    return names.get(long_side, _tr("{n} px").format(n=long_side))
