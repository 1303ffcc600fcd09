"""Work without a network: what was sealed on a device, how it arrives, and what waits for a person."""
