"""What boards and phones are told without a number, as it stands: the very texts that are pushed."""

from belgrano.database.work import Connection
from ticketera.domain.events import SinNumero
from ticketera.store import acuses, configuracion, ofertas, usuarios, wire


async def select_sin_numero(con: Connection, ahora: int) -> SinNumero:
    """All of it, of one snapshot."""
    presencias = {u.id: wire.encode(wire.repartidor_json(u)) for u in await usuarios.select_repartidores(con)}
    rows = await acuses.select_acuses(con)
    ofrecidos = await ofertas.select_ofrecidos(con, ahora)
    return SinNumero(
        presencias,
        {r["id"]: wire.encode(wire.acuse_json(r["id"], r["recibido_en"], r["visto_en"])) for r in rows},
        repr(await configuracion.select_configuracion(con)),
        dict.fromkeys(await usuarios.select_para_ofrecer(con), ofrecidos) if ofrecidos else {},
    )
