"""Writing down money, what was decided about it, and which hours are on it."""
