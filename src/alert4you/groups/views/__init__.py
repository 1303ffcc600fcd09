"""What one sees and writes about groups."""
