"""Tests of the widgets draw into memory."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
