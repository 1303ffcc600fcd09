"""What all contexts stand on, no word of the field: commands, guard, wall, audit, jobs."""
