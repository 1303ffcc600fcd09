"""Who may do what on the way to the next place (``ways``), with missing help (``needs``), with hours."""
