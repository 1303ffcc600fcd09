"""Coming in: with a password, a code, a passkey, the work account or an invitation; and leaving."""
