"""Organisations, places, groups and people; the hat somebody wears."""
