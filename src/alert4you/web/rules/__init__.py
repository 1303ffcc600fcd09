"""What a session may open, and until when."""
