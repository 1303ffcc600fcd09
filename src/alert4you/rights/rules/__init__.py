"""Who may ask what, until when it is answered (``clocks``), who answers how, and the shapes of a copy."""
