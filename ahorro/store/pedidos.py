"""Pedidos and their lines."""

from collections.abc import Sequence
from dataclasses import replace

from ahorro.domain.carrito import Renglon
from ahorro.domain.descuentos import Descuento
from ahorro.domain.franja import Franja
from ahorro.domain.pedido import Entrega, Pedido, clave_de_revision
from ahorro.wire.text import encode
from ahorro.wire.ticket import revision_data, ticket_data
from belgrano.database.work import Connection, Row
from belgrano.outbox.outgoing import insert_outgoing

COLUMNS = """
       id, numero, usuario_id, cliente_nombre, cliente_email, tipo_cliente, direccion, telefono, metodo_pago, notas,
       total_centavos, creado_en, estado, repartidor_nombre, motivo, estado_en, huella, paquete_id, piso, barrio,
       franja_desde, franja_hasta, cancelacion_en, envio_centavos, lat, lng, etapa, revision, mostrado_centavos,
       pagado_centavos, stock_devuelto_en
"""


def pedido_de(row: Row) -> Pedido:
    """The pedido of a row of COLUMNS, without its lines."""
    franja = None if row["franja_desde"] is None else Franja(row["franja_desde"], row["franja_hasta"])
    return Pedido(
        id=row["id"],
        numero=row["numero"],
        usuario_id=row["usuario_id"],
        cliente_nombre=row["cliente_nombre"],
        cliente_email=row["cliente_email"],
        tipo_cliente=row["tipo_cliente"],
        entrega=Entrega(
            row["direccion"],
            row["telefono"],
            row["metodo_pago"],
            row["notas"],
            row["piso"],
            row["barrio"],
            franja,
            None if row["lat"] is None else (row["lat"], row["lng"]),
        ),
        total_centavos=row["total_centavos"],
        creado_en=row["creado_en"],
        estado=row["estado"],
        repartidor_nombre=row["repartidor_nombre"],
        motivo=row["motivo"],
        estado_en=row["estado_en"],
        huella=row["huella"],
        paquete_id=row["paquete_id"],
        cancelacion_en=row["cancelacion_en"],
        envio_centavos=row["envio_centavos"],
        etapa=row["etapa"],
        revision=row["revision"],
        mostrado_centavos=row["mostrado_centavos"],
        pagado_centavos=row["pagado_centavos"],
        stock_devuelto_en=row["stock_devuelto_en"],
    )


async def count_abiertos(con: Connection, usuario_id: int) -> int:
    """How many of a customer's pedidos are not delivered yet, nor ended otherwise."""
    return int(
        await con.fetch_val(
            """
            SELECT COUNT(*)
              FROM pedidos
             WHERE usuario_id = :usuario_id
               AND estado IN ('pendiente', 'asignado', 'en_camino')
            """,
            {"usuario_id": usuario_id},
        )
    )


async def insert_pedido(con: Connection, pedido: Pedido, clave: str) -> int | None:
    """Store a pedido without its lines; its id, or None when the numero is taken."""
    franja = pedido.entrega.franja
    lat, lng = pedido.entrega.punto or (None, None)
    row = await con.fetch_one(
        """
        INSERT INTO pedidos (numero, usuario_id, clave, huella, cliente_nombre, cliente_email, tipo_cliente,
                             direccion, telefono, metodo_pago, notas, total_centavos, paquete_id, creado_en, estado,
                             piso, barrio, franja_desde, franja_hasta, envio_centavos, buscado, lat, lng,
                             mostrado_centavos)
        VALUES (:numero, :usuario_id, :clave, :huella, :cliente_nombre, :cliente_email, :tipo_cliente,
                :direccion, :telefono, :metodo_pago, :notas, :total_centavos, :paquete_id, :creado_en, :estado,
                :piso, :barrio, :franja_desde, :franja_hasta, :envio_centavos, :buscado, :lat, :lng,
                :total_centavos)
            ON CONFLICT (numero) DO NOTHING
        RETURNING id
        """,
        {
            "numero": pedido.numero,
            "usuario_id": pedido.usuario_id,
            "clave": clave,
            "huella": pedido.huella,
            "cliente_nombre": pedido.cliente_nombre,
            "cliente_email": pedido.cliente_email,
            "tipo_cliente": pedido.tipo_cliente,
            "direccion": pedido.entrega.direccion,
            "telefono": pedido.entrega.telefono,
            "metodo_pago": pedido.entrega.metodo_pago,
            "notas": pedido.entrega.notas,
            "total_centavos": pedido.total_centavos,
            "paquete_id": pedido.paquete_id,
            "creado_en": pedido.creado_en,
            "estado": pedido.estado,
            "piso": pedido.entrega.piso,
            "barrio": pedido.entrega.barrio,
            "franja_desde": franja.desde if franja else None,
            "franja_hasta": franja.hasta if franja else None,
            "envio_centavos": pedido.envio_centavos,
            "buscado": pedido.buscado,
            "lat": lat,
            "lng": lng,
        },
    )
    return row["id"] if row else None


async def select_ocupacion(con: Connection, desde: int, hasta: int) -> dict[int, int]:
    """How many pedidos each window has that begins in this time (ms UTC, both ends); cancelled ones left theirs."""
    rows = await con.fetch_all(
        """
        SELECT franja_desde, COUNT(*) AS pedidos
          FROM pedidos
         WHERE franja_desde BETWEEN :desde AND :hasta AND estado <> 'cancelado'
         GROUP BY franja_desde
        """,
        {"desde": desde, "hasta": hasta},
    )
    return {row["franja_desde"]: row["pedidos"] for row in rows}


async def insert_pedido_items(con: Connection, pedido_id: int, items: Sequence[Renglon]) -> None:
    """Store the lines, with the prices they were bought at: one statement for all of them."""
    values: dict[str, object] = {"pedido_id": pedido_id}
    for n, r in enumerate(items):
        values |= {
            f"producto_id{n}": r.producto_id,
            f"nombre{n}": r.nombre,
            f"negocio{n}": r.negocio,
            f"categoria{n}": r.categoria,
            f"cantidad{n}": r.cantidad,
            f"por_peso{n}": r.por_peso,
            f"precio{n}": r.precio_centavos,
        }
    rows = ", ".join(
        f"(:pedido_id, :producto_id{n}, :nombre{n}, :negocio{n}, :categoria{n}, :cantidad{n}, :por_peso{n}, :precio{n})"
        for n in range(len(items))
    )
    await con.execute(
        f"""
        INSERT INTO pedido_items
               (pedido_id, producto_id, nombre, negocio, categoria, cantidad, por_peso, precio_centavos)
        VALUES {rows}
        """,  # noqa: S608  (names and numbers of our own)
        values,
    )


async def update_cancelacion(con: Connection, pedido_id: int, ahora: int) -> None:
    """Note when its customer did not want it any more; the first time counts."""
    await con.execute(
        "UPDATE pedidos SET cancelacion_en = :ahora WHERE id = :id AND cancelacion_en IS NULL",
        {"ahora": ahora, "id": pedido_id},
    )


async def select_pedido_por_clave(con: Connection, usuario_id: int, clave: str) -> Pedido | None:
    """The pedido that this customer made with this clave, without its lines."""
    row = await con.fetch_one(
        f"SELECT {COLUMNS} FROM pedidos WHERE usuario_id = :usuario_id AND clave = :clave",  # noqa: S608
        {"usuario_id": usuario_id, "clave": clave},
    )
    return pedido_de(row) if row else None


async def select_pedido(con: Connection, usuario_id: int, numero: str) -> Pedido | None:
    """A pedido of this customer, with its lines."""
    row = await con.fetch_one(
        f"SELECT {COLUMNS} FROM pedidos WHERE usuario_id = :usuario_id AND numero = :numero",  # noqa: S608
        {"usuario_id": usuario_id, "numero": numero},
    )
    if row is None:
        return None
    return await con_renglones(con, pedido_de(row))


async def con_renglones(con: Connection, pedido: Pedido) -> Pedido:
    """The pedido with its lines, and what was taken off them."""
    items, descuentos = await select_renglones(con, pedido.id), await select_descuentos(con, pedido.id)
    return replace(pedido, items=items, descuentos=descuentos)


async def select_descuentos(con: Connection, pedido_id: int) -> tuple[Descuento, ...]:
    """What was taken off the lines of a pedido."""
    rows = await con.fetch_all(
        """
        SELECT promocion_id, producto_id, nombre, texto, monto_centavos, codigo, pedido_centavos
          FROM pedido_descuentos
         WHERE pedido_id = :id
         ORDER BY id
        """,
        {"id": pedido_id},
    )
    return tuple(Descuento(**dict(row)) for row in rows)


async def select_renglones(con: Connection, pedido_id: int) -> tuple[Renglon, ...]:
    """The lines of a pedido, in their order."""
    lines = await con.fetch_all(
        """
        SELECT i.producto_id, i.nombre, i.cantidad, i.por_peso, i.precio_centavos, i.negocio, i.categoria,
               i.armado, i.en_lugar_de,
               p.imagen,
               (SELECT f.huella FROM imagenes f WHERE f.producto_id = p.id AND f.orden = 0) AS huella
          FROM pedido_items i
          LEFT JOIN productos p ON p.id = i.producto_id
         WHERE i.pedido_id = :id
         ORDER BY i.id
        """,
        {"id": pedido_id},
    )
    return tuple(
        Renglon(
            r["producto_id"],
            r["nombre"],
            r["cantidad"],
            r["precio_centavos"],
            r["negocio"],
            r["categoria"],
            r["imagen"],
            huella=r["huella"],
            por_peso=bool(r["por_peso"]),
            armado=r["armado"],
            en_lugar_de=r["en_lugar_de"],
        )
        for r in lines
    )


async def select_pedidos(
    con: Connection, usuario_id: int, limite: int = 20, antes_de: int | None = None
) -> list[Pedido]:
    """This customer's pedidos without their lines, newest first; `antes_de` is the id of the last one seen."""
    rows = await con.fetch_all(
        f"""
        SELECT {COLUMNS}
          FROM pedidos
         WHERE usuario_id = :usuario_id AND id < :antes_de
         ORDER BY id DESC
         LIMIT :limite
        """,  # noqa: S608
        {"usuario_id": usuario_id, "antes_de": antes_de or 2**63 - 1, "limite": limite},
    )
    return [pedido_de(r) for r in rows]


async def insert_para_ticketera(con: Connection, key: str, pedido: Pedido, ahora: int) -> int:
    """Queue what Ticketera is told about a pedido, behind what goes before it and once a key; how many bytes it has."""
    body = ticket_data(pedido)
    await insert_outgoing(con, key=key, lane=pedido.numero, body=body, ahora=ahora)
    return len(body.encode())


async def insert_revision(con: Connection, antes: Pedido, despues: Pedido, ahora: int) -> bool:
    """Queue what became of a pedido, as far as Ticketera cares, behind what goes before it; whether there is any."""
    if not any(r.va for r in despues.items):  # Ticketera takes no ticket without a line: what follows tells it
        return False
    data = revision_data(despues)
    if data == revision_data(antes) or await _sin_ticket(con, despues.id):
        return False
    body = encode({"numero": despues.numero, "revision": despues.revision, **data})
    key = clave_de_revision(despues.numero, despues.revision)
    await insert_outgoing(con, key=key, lane=despues.numero, body=body, ahora=ahora)
    return True


async def _sin_ticket(con: Connection, pedido_id: int) -> bool:
    """Whether it came from the earlier shop without a ticket, and never gets one."""
    return bool(await con.fetch_val("SELECT sin_ticket FROM pedidos WHERE id = :id", {"id": pedido_id}))
