"""What one sees: ``questions``, ``contacts``, ``talks``."""
