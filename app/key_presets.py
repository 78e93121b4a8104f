"""Keys as other programs have them, as differences from the actions table; binds nothing.

Actions that the other program has too are named, and those that would lose their only key to one of these.
The keys are those of Lightroom Classic on Windows, of darktable's lighttable and of Photo Mechanic 6 with its
default of colour classes on the plain number keys.
"""

from collections.abc import Mapping

Keys = tuple[str, ...]

_LIGHTROOM: Mapping[str, Keys] = {
    "publish": ("Ctrl+S",),
    "redo": ("Ctrl+Y", "Ctrl+Shift+Z"),
    "select_one": ("Ctrl+Shift+D",),
    "larger": ("=", "Ctrl+="),
    "smaller": ("-", "Ctrl+-"),
    "keys": ("Ctrl+/", "F1"),
    "export": ("Ctrl+Shift+E",),
    "auto_exposure": ("Ctrl+U",),
    "crop": ("R",),
    "recover": ("Alt+R",),
}

_DARKTABLE: Mapping[str, Keys] = {
    "reject": ("R",),
    "recover": ("Alt+R",),
    "label_red": ("F1",),
    "label_yellow": ("F2",),
    "label_green": ("F3",),
    "label_blue": ("F4",),
    "grid": ("L",),
    "loupe": ("W",),
    "compare": ("X",),
    "whole_pixels": ("Alt+1", "Z"),
    "clipping": ("O",),
    "redo": ("Ctrl+Y", "Ctrl+Shift+Z"),
    "keys": ("?",),
}

_PHOTO_MECHANIC: Mapping[str, Keys] = {
    "pick": ("T",),
    "crop": ("Shift+T",),
    "stars_0": ("Ctrl+0",),
    "stars_1": ("Ctrl+1",),
    "stars_2": ("Ctrl+2",),
    "stars_3": ("Ctrl+3",),
    "stars_4": ("Ctrl+4",),
    "stars_5": ("Ctrl+5",),
    "label_red": ("2",),
    "label_yellow": ("4",),
    "label_green": ("5",),
    "label_blue": ("7",),
    "only_picks": ("F3",),
}

PRESETS: Mapping[str, Mapping[str, Keys]] = {
    "framesift": {},
    "lightroom": _LIGHTROOM,
    "darktable": _DARKTABLE,
    "photo_mechanic": _PHOTO_MECHANIC,
}
"""By the values of the setting; what a preset does not name keeps the key of the actions table."""
