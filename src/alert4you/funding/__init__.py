"""Who pays: money lines of a trajectory, the routes there are, the hours on them and those on none."""
