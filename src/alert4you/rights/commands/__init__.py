"""Asking and writing down (``asking``), answering (``handling``), handing over a copy (``copies``)."""
