"""Floor 2: thin Qt widgets that show pictures and edits."""
