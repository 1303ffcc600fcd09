"""What is filled in: noting (`noting`), and photos (`photos`)."""
