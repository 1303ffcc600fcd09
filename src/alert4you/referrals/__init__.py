"""The way to the next place: who keeps the lead until somebody accepts, waiting, unmet need."""
