"""Tablets that several people share: enrolled for a location, opened with a PIN, locked by themselves."""
