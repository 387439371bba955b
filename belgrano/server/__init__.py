"""Around the apps: the outermost wrapper, open sockets, a process that ends in time, logs."""
