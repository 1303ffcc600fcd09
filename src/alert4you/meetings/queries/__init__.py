"""Which meetings there are (``lists``), one meeting (``agenda``), on paper (``paper``), in numbers."""
