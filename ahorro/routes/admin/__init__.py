"""The owner's JSON, one subject a file; its pages stand in `routes/pages/admin/` under the same names."""

from ahorro.routes.admin import (
    auditoria,
    clientes,
    configuracion,
    estados,
    grupos,
    imagenes,
    pedidos,
    personal,
    planilla,
    precios,
    productos,
    programados,
    promociones,
    ventas,
)

SUBJECTS = (
    auditoria, clientes, configuracion, estados, grupos, imagenes, pedidos, personal, planilla, precios, productos,
    programados, promociones, ventas,
)  # fmt: skip
