"""Measuring: how long people wait, what that costs, and how it compares to the limits of the machine."""
