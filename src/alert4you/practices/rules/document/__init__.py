"""Reading practice cards out of a document. Pure: bytes in, what was found out; nothing is kept."""
