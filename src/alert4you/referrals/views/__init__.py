"""Referrals and who waits (``ways``), missing help, hours and numbers, the question afterwards."""
