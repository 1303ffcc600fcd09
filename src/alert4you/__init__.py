"""Alert4you: notice early what a child needs, and bring the help to its own group."""

from importlib.metadata import version

__version__ = version("alert4you")
