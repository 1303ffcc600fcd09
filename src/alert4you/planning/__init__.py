"""Where a child fits: groups near home with room on its days, and places held while people decide."""
