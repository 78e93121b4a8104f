"""The rows of the actions table that belong to the editor and to export; holds words and keys only."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.action_row import ActionRow as Row


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Actions", text))


EDIT_VIEW = Row("edit_view", "view", _n("E&dit"), _n("The photo with its sliders; again: the grid"),
    "editing.show", ("D",), "edit", True, needs_shoot=True)  # fmt: skip

EXPORT = Row("export", "shoot", _n("&Export…"), _n("Write photos as they are edited: format, size, names"),
    "exporting.prepare", ("Ctrl+E",), "export", needs_shoot=True, rule_before=True)  # fmt: skip

BEFORE_VIEWS = (
    Row("before", "view", _n("&Before"), _n("The photo before its edits, in the editor"),
        "editing.switch_before", ("\\",), "before", True, needs_shoot=True),
    Row("split", "view", _n("Before and after, spli&t"), _n("Before and after side by side, in the editor"),
        "editing.switch_split", ("Y",), "split", True, needs_shoot=True),
)  # fmt: skip

ADJUST = (
    Row("recover", "adjust", _n("&Recover exposure"),
        _n("Give the selected photos the exposure that brings them back; they are judged again at once"),
        "editing.recover", ("R",), needs_shoot=True),
    Row("recover_series", "adjust", _n("Recover the whole &series"),
        _n("The same for every photo of this series that is too dark or too bright like this one"),
        "editing.recover_series", ("Shift+R",), needs_shoot=True),
    Row("auto_exposure", "adjust", _n("&Auto exposure"),
        _n("Bring the middle of the picture to a middle grey"),
        "editing.auto_exposure", ("Ctrl+Shift+E",), needs_shoot=True, rule_before=True),
    Row("auto_levels", "adjust", _n("Auto &levels"),
        _n("Set whites and blacks so that the histogram is filled"),
        "editing.auto_levels", ("Ctrl+Shift+L",), needs_shoot=True),
    Row("crop", "adjust", _n("&Crop"), _n("Crop and straighten"), "editing.switch_crop",
        ("T",), "crop", True, needs_shoot=True, rule_before=True),
    Row("rotate_left", "adjust", _n("Turn l&eft"), _n("Turn the photo a quarter to the left"), "editing.turn",
        ("Ctrl+[",), "rotate_left", needs_shoot=True, value="rotate_left"),
    Row("rotate_right", "adjust", _n("Turn ri&ght"), _n("Turn the photo a quarter to the right"),
        "editing.turn", ("Ctrl+]",), "rotate_right", needs_shoot=True, value="rotate_right"),
    Row("flip_across", "adjust", _n("&Flip sideways"), _n("Exchange left and right"), "editing.turn",
        (), "flip_across", needs_shoot=True, value="flip_across"),
    Row("flip_down", "adjust", _n("Flip &over"), _n("Exchange top and bottom"), "editing.turn",
        (), "flip_down", needs_shoot=True, value="flip_down"),
    Row("copy_settings", "adjust", _n("Cop&y settings…"), _n("Copy settings of this photo"),
        "editing.copy", ("Ctrl+Alt+C",), needs_shoot=True, rule_before=True),
    Row("paste_settings", "adjust", _n("&Paste settings"),
        _n("Give the copied settings to the selected photos"),
        "editing.paste", ("Ctrl+Alt+V",), needs_shoot=True),
    Row("sync_settings", "adjust", _n("Sy&nc settings…"),
        _n("Give settings of this photo to all selected photos; a sheet asks which"),
        "editing.sync", ("Ctrl+Shift+Y",), needs_shoot=True),
    Row("save_preset", "adjust", _n("Save a pre&set…"), _n("Keep settings of this photo under a name"),
        "editing.save_preset", (), needs_shoot=True),
    Row("take_edits", "adjust", _n("Take edits &over…"),
        _n("Take over crop and exposure that another program wrote, where they mean exactly the same here"),
        "takeover.prepare", (), needs_shoot=True),
    Row("reset_edits", "adjust", _n("Rese&t edits"), _n("Take all edits of the selected photos back"),
        "editing.reset", ("Ctrl+Shift+R",), needs_shoot=True, rule_before=True),
)  # fmt: skip
