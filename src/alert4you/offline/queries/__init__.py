"""Keys, what a device may keep for today, and what waits."""
