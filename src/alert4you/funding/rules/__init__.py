"""What the law and the municipality say about money, and who writes it down."""
