"""Making practices available here (``publishing``)."""
