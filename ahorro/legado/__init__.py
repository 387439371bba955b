"""Moving in: the earlier shop's database, catalogue and pictures become this one's."""
