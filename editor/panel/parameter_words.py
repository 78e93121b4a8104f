"""The names on screen of operations and their parameters, and what each one does; decides nothing."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from editor.core.operation import Operation
from editor.core.parameter import Parameter

CONTEXT = "Edit"


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Edit", text))


_OPERATIONS = {
    "crop": _n("Crop"),
    "noise_reduction": _n("Noise reduction"),
    "white_balance": _n("White balance"),
    "exposure": _n("Exposure"),
    "tone": _n("Tone"),
    "clarity": _n("Clarity"),
    "color_mix": _n("Colour"),
    "blur": _n("Blur"),
    "sharpen": _n("Sharpen"),
}
_PARAMETERS = {
    "crop.angle": (_n("Straighten"), _n("Turns the picture about its centre, clockwise above 0")),
    "noise_reduction.luminance": (_n("Grain"), _n("Takes grain out")),
    "noise_reduction.color": (_n("Colour noise"), _n("Takes coloured specks out")),
    "white_balance.temperature": (_n("Temperature"), _n("Warmer above 0, cooler below")),
    "white_balance.tint": (_n("Tint"), _n("Magenta above 0, green below")),
    "exposure.ev": (_n("Exposure"), _n("Stops of light: +1 doubles it; highlights roll off softly")),
    "tone.contrast": (_n("Contrast"), _n("Steepens the middle tones")),
    "tone.highlights": (_n("Highlights"), _n("Brings bright areas down below 0, up above")),
    "tone.shadows": (_n("Shadows"), _n("Opens dark areas above 0, deepens them below")),
    "tone.whites": (_n("Whites"), _n("Moves the bright end")),
    "tone.blacks": (_n("Blacks"), _n("Moves the dark end")),
    "clarity.amount": (_n("Clarity"), _n("Contrast of textures, without halos")),
    "color_mix.vibrance": (_n("Vibrance"), _n("Strengthens weak colours more than strong ones, spares skin")),
    "color_mix.saturation": (_n("Saturation"), _n("Strength of all colours; -100 is grey")),
    "blur.radius": (_n("Radius"), _n("How far the picture is blurred, in pixels of the full size")),
    "sharpen.amount": (_n("Amount"), _n("How much of the unsharp mask is added")),
    "sharpen.radius": (_n("Radius"), _n("Width of the edges that are sharpened, in pixels of the full size")),
    "sharpen.threshold": (_n("Threshold"), _n("Differences up to this many levels are left alone")),
}


def operation_name(kind: type[Operation]) -> str:
    """The name of an operation in the user's language."""
    return _tr(_OPERATIONS.get(kind.NAME, kind.NAME))


def parameter_name(kind: type[Operation], parameter: Parameter) -> str:
    """The name of a parameter beside its slider."""
    return _tr(_words(kind, parameter)[0])


def parameter_tip(kind: type[Operation], parameter: Parameter) -> str:
    """One sentence that says what a parameter does."""
    return _tr(_words(kind, parameter)[1])


def step_name(kind: type[Operation], parameter: Parameter) -> str:
    """The name of a parameter where nothing stands around it, as in ``Sharpen: Radius``."""
    operation, name = operation_name(kind), parameter_name(kind, parameter)
    return (
        name
        if name == operation or (len(kind.PARAMETERS) > 1 and kind.NAME in _SPEAKING)
        else _pair(operation, name)
    )


_SPEAKING = frozenset({"white_balance", "tone", "color_mix", "noise_reduction", "crop"})


def _pair(operation: str, name: str) -> str:
    return QCoreApplication.translate(CONTEXT, "{operation}: {name}").format(operation=operation, name=name)


def number_words(parameter: Parameter, value: float) -> str:
    """A value with its unit, for example ``+1.35 EV``."""
    sign = "+" if value > 0 and parameter.minimum < 0 else ""
    minus = "\N{MINUS SIGN}" if value < 0 else ""
    unit = f" {parameter.unit}" if parameter.unit and parameter.unit != "°" else parameter.unit
    return f"{sign}{minus}{abs(value):.{parameter.decimals}f}{unit}"


def _words(kind: type[Operation], parameter: Parameter) -> tuple[str, str]:
    return _PARAMETERS.get(f"{kind.NAME}.{parameter.name}", (parameter.name, parameter.name))


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
