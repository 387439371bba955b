"""The database: one writer, acts in one transaction, events told after the commit; its copies."""
