"""Who may do what: ``questions``, ``contacts``, ``talks``."""
