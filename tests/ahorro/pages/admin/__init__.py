"""The back office as people without scripts use it."""
