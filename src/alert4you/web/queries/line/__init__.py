"""The child's line: what is around it (``rows``), its picture (``picture``), its items, the page."""
