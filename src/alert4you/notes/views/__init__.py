"""The pages: writing, what helps, incidents, what runs through the parents, what others say."""
