"""What parents and young people can ask about their own data, the clock on it, and what they get."""
