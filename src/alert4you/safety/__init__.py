"""When somebody worries about the safety of a child: the reporting code, in a space of its own.

Nothing here is an entry of the child's line, and nothing outside this context reads it.
"""
