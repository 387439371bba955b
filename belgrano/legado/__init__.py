"""The earlier system's files as both apps read them when their people, catalogue and orders move in."""
