"""The shop's pages. They work without scripts: forms post and redirect, what was typed stays when something is wrong.

Each page is a read or one action and a template; scripts only spare a reload.
"""

from ahorro.routes.pages import (
    admin,
    antes,
    carrito,
    catalogo,
    comercio,
    compra,
    cuentas,
    frame,
    invitacion,
    legales,
    mis_datos,
    paquetes,
    pedidos,
    recuperacion,
    segundo_paso,
)

SUBJECTS = (
    frame, catalogo, carrito, compra, pedidos, cuentas, recuperacion, segundo_paso, invitacion, comercio, paquetes,
    legales, mis_datos, antes, *admin.SUBJECTS,
)  # fmt: skip
