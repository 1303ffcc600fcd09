"""How a child is doing, and a rule that asks to look again: how often it is wrong, too."""
