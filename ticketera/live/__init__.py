"""The open line to each phone and board: who is on it, which rooms they hear, what is told there."""
