"""Other systems: they read and write by the same commands and queries as people."""
