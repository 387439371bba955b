"""What Ticketera remembers: one SQL statement a function, rows to domain objects. Takes a connection, opens none."""
