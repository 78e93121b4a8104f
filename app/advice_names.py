"""Names under which a shoot's store holds what belongs to the advice; no Qt."""

LINES = "lines"
"""How the shoot is judged."""

CORRECTIONS = "corrections"
"""Where the user disagreed."""
