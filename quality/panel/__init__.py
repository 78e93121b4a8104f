"""Floor 2: thin Qt widgets that show scores and verdicts."""
