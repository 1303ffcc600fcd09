"""The pages of the shell: ``door`` (signing in, hats), ``today``, ``line`` (children), ``register``."""
