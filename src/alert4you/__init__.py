"""Alert4you: notice early what a child needs, and bring the help to its own group."""
