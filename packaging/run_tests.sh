#!/bin/sh
# Runs all tests, those of the window beside all others: most of either wait for one core while two are there.
# Called as: run_tests.sh PYTHON. Ends with status 1 if any failed; the window's report comes last.
set -u
python=$1
report=build/tests-of-the-window.txt
mkdir -p build
"$python" -m pytest tests/app >"$report" 2>&1 &
window=$!
trap 'kill "$window" 2>/dev/null' INT TERM
"$python" -m pytest --ignore=tests/app
others=$?
wait "$window"
status=$?
cat "$report"
[ "$others" -eq 0 ] && [ "$status" -eq 0 ]
