"""Children, who has authority over them, and where they have a place."""
