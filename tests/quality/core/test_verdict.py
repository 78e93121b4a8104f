"""The laws of the verdict, on any probabilities, thresholds and modes."""

import math

from hypothesis import given
from hypothesis import strategies as st

from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.thresholds import Mode, Modes, Thresholds, default_modes
from quality.core.verdict import NOT_JUDGED, Decision, Verdict, decide

SHARE = st.floats(0, 1)
SHARES = st.builds(PerDefect, SHARE, SHARE, SHARE)
MODES = st.builds(Modes, *[st.sampled_from(Mode)] * 3)
DEFECT = st.sampled_from(DEFECTS)
DARK = st.sampled_from([True, False, None])
HALF = Thresholds(0.5, 0.5, 0.5)


def shown(decision: Decision) -> set[Defect]:
    return {*decision.reasons, *decision.hints}


def test_a_clean_photo_is_kept() -> None:
    assert decide(PerDefect(0.1, 0.1, 0.1), HALF, default_modes()) == Decision(Verdict.KEEP)


def test_reasons_and_hints_stand_in_network_order() -> None:
    found = decide(PerDefect(0.9, 0.8, 0.7), HALF, Modes(Mode.REJECT, Mode.HINT, Mode.REJECT))
    assert found == Decision(Verdict.REJECT, (Defect.BLUR, Defect.OVER), (Defect.UNDER,))


@given(SHARES, MODES)
def test_without_probabilities_nothing_is_judged(thresholds: Thresholds, modes: Modes) -> None:
    assert decide(None, thresholds, modes) == NOT_JUDGED
    assert NOT_JUDGED.verdict is None


@given(SHARES, SHARES, MODES, DEFECT)
def test_what_is_not_a_number_is_not_judged(
    probabilities: PerDefect[float], thresholds: Thresholds, modes: Modes, defect: Defect
) -> None:
    assert decide(probabilities.with_(defect, math.nan), thresholds, modes) == NOT_JUDGED


@given(SHARES, MODES)
def test_no_hole_at_equality(values: PerDefect[float], modes: Modes) -> None:
    expected = {defect for defect in DEFECTS if modes.of(defect) is not Mode.OFF}
    assert shown(decide(values, values, modes)) == expected


@given(SHARES, SHARES, MODES, DARK)
def test_shown_means_over_the_line_and_not_off(
    probabilities: PerDefect[float], thresholds: Thresholds, modes: Modes, dark: bool | None
) -> None:
    decision = decide(probabilities, thresholds, modes, dark)
    for defect in DEFECTS:
        over = probabilities.of(defect) >= thresholds.of(defect)
        mode = modes.of(defect)
        advises = mode is Mode.REJECT or (mode is Mode.AUTO and not dark)
        hints = mode is Mode.HINT or (mode is Mode.AUTO and dark is True)
        assert (defect in decision.reasons) == (over and advises)
        assert (defect in decision.hints) == (over and hints)


@given(SHARES, SHARES, MODES, DEFECT)
def test_auto_is_a_hint_in_a_dark_scene_and_else_a_reject(
    probabilities: PerDefect[float], thresholds: Thresholds, modes: Modes, defect: Defect
) -> None:
    def at(mode: Mode, dark: bool | None) -> Decision:
        return decide(probabilities, thresholds, modes.with_(defect, mode), dark)

    assert at(Mode.AUTO, dark=True) == at(Mode.HINT, dark=True)
    assert at(Mode.AUTO, dark=False) == at(Mode.REJECT, dark=False)
    assert at(Mode.AUTO, dark=None) == at(Mode.AUTO, dark=False)
    assert defect not in at(Mode.AUTO, dark=True).reasons
    assert shown(at(Mode.AUTO, dark=True)) == shown(at(Mode.AUTO, dark=False))


@given(SHARES, SHARES, MODES, DARK)
def test_only_reasons_reject(
    probabilities: PerDefect[float], thresholds: Thresholds, modes: Modes, dark: bool | None
) -> None:
    decision = decide(probabilities, thresholds, modes, dark)
    assert (decision.verdict is Verdict.REJECT) == bool(decision.reasons)
    assert (decision.verdict is Verdict.KEEP) == (not decision.reasons)


@given(SHARES, SHARES, MODES, DEFECT, DARK)
def test_off_never_shows_and_hint_never_rejects(
    probabilities: PerDefect[float], thresholds: Thresholds, modes: Modes, defect: Defect, dark: bool | None
) -> None:
    off = decide(probabilities, thresholds, modes.with_(defect, Mode.OFF), dark)
    hint = decide(probabilities, thresholds, modes.with_(defect, Mode.HINT), dark)
    assert defect not in shown(off)
    assert defect not in hint.reasons
    assert off.reasons == hint.reasons
    assert off.verdict == hint.verdict


@given(SHARES, SHARES, MODES, DEFECT, SHARE, DARK)
def test_monotone_in_the_score(
    probabilities: PerDefect[float],
    thresholds: Thresholds,
    modes: Modes,
    defect: Defect,
    other: float,
    dark: bool | None,
) -> None:
    low, high = sorted((probabilities.of(defect), other))
    below = decide(probabilities.with_(defect, low), thresholds, modes, dark)
    above = decide(probabilities.with_(defect, high), thresholds, modes, dark)
    assert shown(below) <= shown(above)
    assert set(below.reasons) <= set(above.reasons)


@given(SHARES, SHARES, MODES, DEFECT, SHARE, DARK)
def test_monotone_in_the_threshold(
    probabilities: PerDefect[float],
    thresholds: Thresholds,
    modes: Modes,
    defect: Defect,
    other: float,
    dark: bool | None,
) -> None:
    low, high = sorted((thresholds.of(defect), other))
    strict = decide(probabilities, thresholds.with_(defect, low), modes, dark)
    gentle = decide(probabilities, thresholds.with_(defect, high), modes, dark)
    assert shown(gentle) <= shown(strict)
    assert set(gentle.reasons) <= set(strict.reasons)


@given(SHARES, SHARES, MODES, DEFECT, SHARE, DARK)
def test_defects_do_not_touch_each_other(
    probabilities: PerDefect[float],
    thresholds: Thresholds,
    modes: Modes,
    defect: Defect,
    other: float,
    dark: bool | None,
) -> None:
    one = shown(decide(probabilities, thresholds, modes, dark))
    two = shown(decide(probabilities.with_(defect, other), thresholds, modes, dark))
    assert one - {defect} == two - {defect}
