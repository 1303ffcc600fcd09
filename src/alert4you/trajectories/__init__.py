"""Help that runs: a practice for a child or a place, its plan, decisions, and what is next."""
