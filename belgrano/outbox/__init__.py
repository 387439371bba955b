"""What leaves: a stored queue that talks to the world and survives its absence."""
