"""Taking a file in, looking at it, and saving it through the commands of the contexts it is about."""
