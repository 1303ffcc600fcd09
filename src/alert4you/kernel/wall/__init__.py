"""The second wall: the database itself shows a request only the rows that the policies let its hat see."""
