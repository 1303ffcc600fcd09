"""What was seen of a child, what the rule noticed, and who has yet to look."""
