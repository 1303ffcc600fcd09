"""Referrals and who waits (``ways``), missing help, hours and numbers without names, teams, afterwards."""
