"""Floor 1: model, thresholds and verdicts; never imports Qt."""
