"""Meetings: case conferences and consults; parents are invited, a chair is empty without consent."""
