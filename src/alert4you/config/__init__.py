"""Settings, wsgi and the command line: the roof of the house."""
