"""Finding and reading practices (``library``)."""
