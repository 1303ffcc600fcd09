"""What must be so. Every check looks through the eyes of who it names, and says what it found instead."""
