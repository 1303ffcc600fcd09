"""What people write of a day: notes, the notebook, what helps a child, incidents, photos."""
