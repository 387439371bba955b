"""The back office: what the shop's people do, page by page, each under /admin."""

from ahorro.routes.pages.admin import (
    armado,
    auditoria,
    clientes,
    configuracion,
    grupos,
    imagenes,
    importar,
    inicio,
    marco,
    paquetes,
    pedidos,
    pendientes,
    personal,
    precios,
    productos,
    programados,
    promociones,
    proveedores,
    ventas,
)

SUBJECTS = (
    marco, inicio, pedidos, armado, paquetes, ventas, pendientes, productos, importar, precios, proveedores,
    programados, promociones, imagenes, grupos, clientes, personal, auditoria, configuracion,
)  # fmt: skip
