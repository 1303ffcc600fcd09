"""The facts behind trajectories (``facts``) and how they stand for a hat (``caseload``)."""
