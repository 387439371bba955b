"""What the shop talks about: products, cart, pedido, paquete. Pure; standard library only."""
