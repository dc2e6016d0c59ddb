"""Generated training data: every target is a deterministic function of its prompt."""
