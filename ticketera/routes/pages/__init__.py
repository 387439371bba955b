"""What people see: one page subject a file, beside the JSON route of the same name. Forms work by POST and redirect."""

from ticketera.routes.pages import (
    administradores,
    antes,
    caja,
    configuracion,
    conflictos,
    cuentas,
    historial,
    importar,
    imprimir,
    informes,
    instalable,
    invitaciones,
    mapa,
    nuevo,
    repartidores,
    reparto,
    seguimiento,
    tablero,
    tema,
)

SUBJECTS = (
    nuevo, importar, imprimir,
    cuentas, tablero, mapa, historial, repartidores, invitaciones,
    caja, informes, administradores, conflictos, configuracion, reparto, seguimiento,
    instalable, tema, antes,
)  # fmt: skip
