"""The shop's tables, one SQL statement a function; each takes a connection and opens none."""
