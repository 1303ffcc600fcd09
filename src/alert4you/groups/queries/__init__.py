"""What is known about groups: the day, the waiting list, the rota."""
