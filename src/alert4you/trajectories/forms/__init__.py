"""What people fill in around a trajectory; choices are handed in."""
