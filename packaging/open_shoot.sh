#!/bin/sh
# Opens the program on a folder of photos; without a display it judges them and keeps a screenshot.
#
# usage: sh packaging/open_shoot.sh PYTHON FOLDER SCREENSHOT
set -eu

python=$1 folder=$2 screenshot=$3

if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$python" -m app "$folder"
fi

echo "There is no display here, so the window stays closed: judging $folder, then drawing the window into a file."
"$python" -m app scan "$folder"
mkdir -p "$(dirname "$screenshot")"
# Qt's screen in memory is 800 pixels wide unless told otherwise: too narrow for the window.
screen=$(dirname "$0")/offscreen_screen.json
QT_QPA_PLATFORM="offscreen:configfile=$screen" "$python" -m app "$folder" --screenshot "$screenshot"
echo "The window as it would have looked: $screenshot"
