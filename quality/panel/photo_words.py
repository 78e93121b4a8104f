"""One photo in words: how it was taken, how much light there was, what is lost, and why it is flagged.

It must not decide: it is told which badges a photo has.
"""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from editor.core.metadata import PhotoMetadata
from quality.core.blur_evidence import BlurWitnesses
from quality.core.cause import shutter_is_slow
from quality.core.labels import Defect
from quality.core.light_measure import LightMeasure
from quality.core.photo_facts import PhotoFacts
from quality.core.scene_light import SceneLight
from quality.panel.badge import BadgeMark
from quality.panel.defect_text import reason_sentence
from quality.panel.sharpness_words import cannot_tell_words, soft_words, witness_words

LEAST_EV = 0.3
"""A recoverable exposure below this is not worth a word."""

_LEAST_SHARE = 0.0005


def _tr(text: str) -> str:
    return QCoreApplication.translate("PhotoWords", text)


def shutter(seconds: float) -> str:
    """An exposure time as cameras show it: ``1/15 s``, ``0.5 s``, ``30 s``."""
    if seconds < 0.3:
        return _tr("1/{n} s").format(n=round(1 / seconds))
    return _tr("{n} s").format(n=f"{seconds:.2g}" if seconds < 10 else f"{seconds:.0f}")


def camera_settings(metadata: PhotoMetadata) -> str:
    """Shutter, aperture, ISO and focal length, as far as they are known."""
    parts = []
    if metadata.exposure_s:
        parts.append(shutter(metadata.exposure_s))
    if metadata.aperture:
        parts.append(f"f/{metadata.aperture:.2g}")
    if metadata.iso:
        parts.append(f"ISO {metadata.iso}")
    if metadata.focal_mm:
        parts.append(_tr("{n} mm").format(n=f"{metadata.focal_mm:.0f}"))
    # Spaces that do not break keep a number and its unit on one line.
    whole = [part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts]
    return " · ".join(whole) or _tr("No camera settings in the file")


def light_name(value: float) -> str:
    """What a light value looks like, in two or three words."""
    names = (
        (-1.0, _tr("a scene without lamps")),
        (4.0, _tr("a night scene")),
        (7.0, _tr("dim light")),
        (10.0, _tr("indoor light")),
        (13.0, _tr("clouds or shade")),
    )
    return next((name for limit, name in names if value < limit), _tr("daylight"))


def scene_words(scene: SceneLight) -> str:
    """The light value and what it looks like, or who says instead whether the scene was dark."""
    if scene.value is not None:
        return f"{scene.value:.1f}, {light_name(scene.value)}"
    return _tr("unknown, the picture decides") if scene.by_content else _tr("unknown")


def lost_words(light: LightMeasure) -> str:
    """The shares of lost highlights and shadows."""
    parts = []
    if light.clipped >= _LEAST_SHARE:
        parts.append(_tr("{share} of highlights").format(share=_percent(light.clipped)))
    if light.blocked >= _LEAST_SHARE:
        parts.append(_tr("{share} of shadows").format(share=_percent(light.blocked)))
    return ", ".join(parts) or _tr("nothing")


def recoverable_words(light: LightMeasure, marks: Iterable[BadgeMark]) -> str:
    """For example ``+1.7 EV``; empty where the photo is neither too dark nor too bright."""
    shown = {mark.defect for mark in marks}
    ev = light.recoverable_ev
    wanted = Defect.UNDER if ev > 0 else Defect.OVER
    if abs(ev) < LEAST_EV or wanted not in shown:
        return ""
    sign = "+" if ev > 0 else "\N{MINUS SIGN}"
    words = _tr("{ev} EV").format(ev=f"{sign}{abs(ev):.1f}")
    return words if ev > 0 else _tr("about {words}, whites stay lost").format(words=words)


def explain(marks: Iterable[BadgeMark], facts: PhotoFacts) -> str:
    """Why a photo has its badges.

    Args:
        marks: Its badges.
        facts: What is known of it.

    Returns:
        One sentence per badge; one that says so when there is none.
    """
    marks = tuple(marks)
    if not marks:
        found = witness_words(facts.witnesses)
        return f"{reason_sentence(())}\n{found}." if found else reason_sentence(())
    reasons = {Defect.BLUR: _why_blur, Defect.UNDER: _why_under, Defect.OVER: _why_over}
    return "\n".join(reasons[mark.defect](facts) for mark in marks)


def _why_blur(facts: PhotoFacts) -> str:
    if facts.cannot_tell:
        return f"{cannot_tell_words()}."
    soft = _soft_words(facts.witnesses)
    slow, metadata = shutter_is_slow(facts.metadata), facts.metadata
    if slow is None or metadata.exposure_s is None:
        return _tr("{soft}: out of focus or shaken.").format(soft=soft)
    focal = metadata.focal_mm or metadata.focal_35mm or 0.0
    words = _tr("{time} at {focal} mm").format(time=shutter(metadata.exposure_s), focal=f"{focal:.0f}")
    if slow:
        return _tr("{soft}: {words}, longer than hands hold still.").format(soft=soft, words=words)
    return _tr("{soft}, though {words} is short: rather out of focus.").format(soft=soft, words=words)


def _soft_words(witnesses: BlurWitnesses | None) -> str:
    if witnesses is not None and witnesses.sharpest is not None and witnesses.sharpest < 0.5:
        return _tr("Soft but for its sharpest part")
    return soft_words(None if witnesses is None else witnesses.streak)


def _why_under(facts: PhotoFacts) -> str:
    scene = facts.scene
    if facts.as_night:
        return _tr("Dark, but you said that it belongs to a night series.")
    if scene.value is not None:
        words = f"{scene.value:.1f}, {light_name(scene.value)}"
        if scene.is_dark:
            return _tr("Dark, but the scene was: light value {words}.").format(words=words)
        return _tr("Too dark for its scene: light value {words}.").format(words=words)
    if scene.is_dark:
        return _tr(
            "Dark, but with true highlights, as a dark scene has (by the picture: no camera settings)."
        )
    return _tr("Dark, without true highlights (by the picture: no camera settings).")


def _why_over(facts: PhotoFacts) -> str:
    if facts.light is None or facts.light.clipped < _LEAST_SHARE:
        return _tr("Too bright.")
    return _tr("Too bright: {share} of the picture has lost its highlights.").format(
        share=_percent(facts.light.clipped)
    )


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %" if share < 0.0995 else f"{share * 100:.0f} %"
