"""Planning meetings (``planning``), what happens at the table (``table``), signals, calendars."""
