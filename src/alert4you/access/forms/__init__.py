"""What is asked of whom about a child and its file; choices are handed in."""
