"""What pages and reports show of money."""
