"""The back office: what the shop's people do, page by page, each under /admin."""

from ahorro.routes.pages.admin import (
    clientes,
    grupos,
    imagenes,
    inicio,
    marco,
    pedidos,
    pendientes,
    personal,
    precios,
    productos,
    promociones,
)

SUBJECTS = (
    marco, inicio, pedidos, pendientes, productos, precios, promociones, imagenes, grupos, clientes, personal,
)  # fmt: skip
