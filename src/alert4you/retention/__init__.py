"""How long a record about a child is kept, and how it goes: shown first, approved by two, proven after."""
