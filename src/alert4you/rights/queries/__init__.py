"""Requests with their clocks (``requests``), words beside entries (``beside``), a copy (``copies``)."""
