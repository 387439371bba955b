"""Moving in: the earlier Ticketera's file becomes people and tickets of this one."""
