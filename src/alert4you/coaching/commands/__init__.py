"""Asking and answering (``questions``), what happened (``contacts``), talks with parents (``talks``)."""
