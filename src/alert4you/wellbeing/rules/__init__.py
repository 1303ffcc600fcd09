"""Who may write, when a rule asks to look again, and how often that rule is wrong."""
