"""The sharing manifest: what went along with a hand-over, what the parents kept, who signed for it."""
