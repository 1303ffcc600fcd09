"""Changing who is involved with a child (``team``), what is agreed (``consent``), what is held (``line``)."""
