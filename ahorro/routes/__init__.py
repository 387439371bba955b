"""HTTP in: parse, authorise, one action, answer. Pages and JSON side by side, one subject a file."""
