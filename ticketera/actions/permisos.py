"""What a phone says that it may do: the central sees who cannot be reached."""

from belgrano.database.work import Work
from ticketera.actions.cambios import decir_presencia
from ticketera.domain.errors import NoExiste
from ticketera.store import usuarios


async def guardar_permisos(work: Work, repartidor_id: int, permisos: str) -> None:
    """Keep what this repartidor's phone says (JSON text), and tell the board where it is news. Raises NoExiste."""
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    if usuario is None:
        raise NoExiste("No existe ese repartidor.")
    if usuario.permisos != permisos:
        usuario = await usuarios.update_usuario(work.con, repartidor_id, {"permisos": permisos})
        if usuario is not None:
            decir_presencia(work, usuario)
