"""What is asked of people: planning (``planning``), at the table (``table``), rhythms and signals."""
