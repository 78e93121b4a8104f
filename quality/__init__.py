"""Verdicts on the technical quality of photos."""
