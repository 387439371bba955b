"""Demo data of the shop: an invented catalogue, its pictures, people, and a stream of pedidos."""
