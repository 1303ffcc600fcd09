"""A plausible country to test with: played once by the commands, and copied as often as it takes."""
