"""What is enough, who counts, who waits."""
