"""Where everybody begins: the door, Today, the agenda, the children, the line of a child."""
