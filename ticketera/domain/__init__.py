"""What dispatch talks about, pure: tickets, their states, moves, repartidores and what the listeners hear."""
