"""What the pages of the shell show, per hat: what is asked of it, and what it may know."""
