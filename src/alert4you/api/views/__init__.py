"""What other systems ask (tokens, operations, the document), and the pages where people let them in."""
