"""What is filled in: ``questions``, ``contacts``, ``talks``."""
