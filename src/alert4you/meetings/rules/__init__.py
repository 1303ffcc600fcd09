"""What may happen around a meeting (``planning``), at the table (``table``), and how often (``rhythm``)."""
