"""Receiving what devices sent, and answering what waits."""
