"""The way to the next place (``ways``), missing help (``needs``), hours, the question ``after``."""
