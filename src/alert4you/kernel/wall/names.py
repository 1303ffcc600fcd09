"""The names of what the wall is made of; both databases and `kernel.compiled` write them."""

NOBODY = "nobody"
FACTS = "facts_"


def view_of(table: str, role: str) -> str:
    """SQLite: the view through which a role sees a table about people."""
    return f"{table}__{role}"
