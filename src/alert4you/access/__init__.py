"""Who may see what, from what holds now: entries, care team, consent, marks, who looked."""
