"""Asks the system for the colour profile of a monitor; no Qt, and no file but the one Windows names.

X11 keeps it in a property of the root window (the ICC Profiles in X specification 0.4), Windows names a
file. Under Wayland and on macOS the system itself brings pictures into the colours of the monitor, as far
as it does; then none is found, and sRGB is right.
"""

import ctypes
import ctypes.util
import logging
import sys
from pathlib import Path

_MOST_LONGS = 16 * 1024 * 1024
_ANY_TYPE = 0
_BYTES = 8
_PATH_ROOM = 1024

_log = logging.getLogger(__name__)


def system_profile(platform: str, screen: int) -> bytes | None:
    """The ICC profile that the system has for a monitor, as it is; None where it has none.

    Args:
        platform: Qt's name of the window system, such as ``xcb`` or ``windows``.
        screen: Which monitor, counted from 0.
    """
    try:
        if platform == "xcb":
            return _of_x11(screen)
        if platform == "windows" and sys.platform == "win32":
            return _of_windows()
    except (OSError, AttributeError) as error:
        _log.info("the system was not asked for the monitor's profile: %s", error)
    return None


def _of_x11(screen: int) -> bytes | None:
    x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return None
    try:
        name = b"_ICC_PROFILE" + (f"_{screen}".encode() if screen else b"")
        atom = x11.XInternAtom(display, name, 1)
        return _property(x11, display, x11.XDefaultRootWindow(display), atom) if atom else None
    finally:
        x11.XCloseDisplay(display)


def _property(x11: ctypes.CDLL, display: int, window: int, atom: int) -> bytes | None:
    """The bytes of a property of a window; None where it has none of that name."""
    kind, unit = ctypes.c_ulong(), ctypes.c_int()
    count, left = ctypes.c_ulong(), ctypes.c_ulong()
    found = ctypes.POINTER(ctypes.c_ubyte)()
    long = ctypes.c_long
    x11.XGetWindowProperty.argtypes = [
        ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, long, long, ctypes.c_int, ctypes.c_ulong,
        *(ctypes.c_void_p,) * 5,
    ]  # fmt: skip
    x11.XFree.argtypes = [ctypes.c_void_p]
    answers = (ctypes.byref(each) for each in (kind, unit, count, left, found))
    status = x11.XGetWindowProperty(display, window, atom, 0, _MOST_LONGS, 0, _ANY_TYPE, *answers)
    if status or not count.value:
        return None
    content = bytes(found[: count.value]) if unit.value == _BYTES else b""
    x11.XFree(found)
    return content or None


def _of_windows() -> bytes | None:
    windll = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
    windll.user32.GetDC.restype = ctypes.c_void_p
    device = ctypes.c_void_p(windll.user32.GetDC(None))
    room, name = ctypes.c_ulong(_PATH_ROOM), ctypes.create_unicode_buffer(_PATH_ROOM)
    try:
        found = windll.gdi32.GetICMProfileW(device, ctypes.byref(room), name)
    finally:
        windll.user32.ReleaseDC(None, device)
    return Path(name.value).read_bytes() if found else None
