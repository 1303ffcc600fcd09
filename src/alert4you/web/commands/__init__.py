"""What the door changes: ways to come in, and invitations."""
