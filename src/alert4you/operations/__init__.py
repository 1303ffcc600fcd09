"""Running an installation: is it well, is it kept, and can it be brought back."""
