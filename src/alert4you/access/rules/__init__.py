"""Who may do what about a child (``relations``) and when a consent holds (``consent``)."""
