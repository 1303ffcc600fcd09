"""Ways of working as data: the language, the library, versions of organisations."""
