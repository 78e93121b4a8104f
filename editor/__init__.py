"""Pixels, files and edits."""
