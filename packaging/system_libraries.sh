#!/bin/sh
# Finds the system libraries that Qt needs and this computer lacks, and installs or names them.
#
# usage: sh packaging/system_libraries.sh PYTHON
#
# PYTHON is any Python 3: it asks the loader itself for each library. With a display (DISPLAY or
# WAYLAND_DISPLAY set) the window's libraries are looked for too. apt-get is used where it may be
# (root, or sudo without a password); elsewhere one line says what to install and how, and the exit
# status is 1. Where nothing is missing, on macOS and on Windows it does nothing. It never removes
# anything and never asks a question.
set -eu

python=${1:-python3}
[ "$(uname -s)" = Linux ] || exit 0

# library                 apt                   dnf                pacman              zypper
offscreen='
libGL.so.1                libgl1                libglvnd-glx       libglvnd            libglvnd
libEGL.so.1               libegl1               libglvnd-egl       libglvnd            libglvnd
libxkbcommon.so.0         libxkbcommon0         libxkbcommon       libxkbcommon        libxkbcommon0
libglib-2.0.so.0          libglib2.0-0          glib2              glib2               libglib-2_0-0
libfontconfig.so.1        libfontconfig1        fontconfig         fontconfig          fontconfig
libfreetype.so.6          libfreetype6          freetype           freetype2           libfreetype6
libdbus-1.so.3            libdbus-1-3           dbus-libs          dbus                libdbus-1-3'
window='
libxcb-cursor.so.0        libxcb-cursor0        xcb-util-cursor    xcb-util-cursor     libxcb-cursor0
libxcb-icccm.so.4         libxcb-icccm4         xcb-util-wm        xcb-util-wm         libxcb-icccm4
libxcb-keysyms.so.1       libxcb-keysyms1       xcb-util-keysyms   xcb-util-keysyms    libxcb-keysyms1
libxcb-shape.so.0         libxcb-shape0         libxcb             libxcb              libxcb-shape0
libxcb-xkb.so.1           libxcb-xkb1           libxcb             libxcb              libxcb-xkb1
libxkbcommon-x11.so.0     libxkbcommon-x11-0    libxkbcommon-x11   libxkbcommon-x11    libxkbcommon-x11-0'

table=$offscreen
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    table=$table$window
fi

# missing COLUMN: the names in that column of the libraries that the loader does not find.
missing() {
    printf '%s\n' "$table" | "$python" -c '
import ctypes
import sys

names = {}
for row in filter(None, map(str.split, sys.stdin)):
    try:
        ctypes.CDLL(row[0])
    except OSError:
        names[row[int(sys.argv[1])]] = None
print(*names)
' "$1"
}

# as_root COMMAND...: runs it as root; fails where that needs a password.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

may_be_root() {
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }
}

libraries=$(missing 0)
[ -n "$libraries" ] || exit 0

if command -v apt-get >/dev/null 2>&1; then
    packages=$(missing 1) install='apt-get install --no-install-recommends'
    if may_be_root; then
        echo "Installing the system libraries that Qt needs: $packages"
        export DEBIAN_FRONTEND=noninteractive
        as_root apt-get update -qq || echo 'apt-get update failed; trying with the package lists there are.'
        # shellcheck disable=SC2086
        as_root $install -qq -y -o Dpkg::Use-Pty=0 $packages >/dev/null || true
        libraries=$(missing 0)
        [ -n "$libraries" ] || exit 0
    fi
elif command -v dnf >/dev/null 2>&1; then
    packages=$(missing 2) install='dnf install'
elif command -v pacman >/dev/null 2>&1; then
    packages=$(missing 3) install='pacman -S --needed'
elif command -v zypper >/dev/null 2>&1; then
    packages=$(missing 4) install='zypper install'
else
    echo "Qt needs system libraries that are missing here; install what holds: $libraries" >&2
    exit 1
fi
echo "Qt needs system libraries that are missing here ($libraries); install them with: sudo $install $packages" >&2
exit 1
