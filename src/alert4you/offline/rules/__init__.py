"""What a device may send, what is sealed in it, and who answers what waits."""
