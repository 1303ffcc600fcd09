"""Stories told day by day: played through the same commands, with what must then be true."""
