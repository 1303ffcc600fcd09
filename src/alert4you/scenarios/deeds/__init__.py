"""What people do in a story. Every deed carries out one command, in the hat of who does it."""
