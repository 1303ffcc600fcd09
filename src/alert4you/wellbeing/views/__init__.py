"""The pages: looking at one child or a whole group, how it is going, and the rule."""
