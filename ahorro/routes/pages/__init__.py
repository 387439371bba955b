"""The shop's pages. They work without scripts: forms post and redirect, what was typed stays when something is wrong.

Each page is a read or one action and a template; scripts only spare a reload.
"""

from quart import Blueprint

from ahorro.routes.pages import (
    admin,
    carrito,
    catalogo,
    comercio,
    compra,
    cuentas,
    frame,
    legales,
    paquetes,
    pedidos,
    recuperacion,
)

blueprints: tuple[Blueprint, ...] = (
    frame.routes,
    catalogo.routes,
    carrito.routes,
    compra.routes,
    pedidos.routes,
    cuentas.routes,
    recuperacion.routes,
    comercio.routes,
    paquetes.routes,
    admin.routes,
    legales.routes,
)
