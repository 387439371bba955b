"""Demo data of Ticketera: repartidores, an admin, and orders taken by telephone, on real streets of one city."""
