"""The names of what the wall is made of; both databases and `kernel.compiled` write them."""

NOBODY = "nobody"
FACTS = "facts_"
SETS = "of_hat_"
ACTING = "alert4you_acting"
SERVING = "alert4you_serving"
DOOR = 20_261_122  # who wears something holds it; who changes the wall waits until nobody does


def view_of(table: str, role: str) -> str:
    """SQLite: the view through which a role sees a table about people."""
    return f"{table}__{role}"


def role_of(role: str) -> str:
    """PostgreSQL: the database role that a hat of this role wears."""
    return f"alert4you_{role}"
