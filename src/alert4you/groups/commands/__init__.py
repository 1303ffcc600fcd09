"""What people write down about groups."""
