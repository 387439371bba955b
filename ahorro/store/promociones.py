"""Promotions and coupons as their owner writes them, and how often each was used."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ahorro.domain.catalogo import EnPromocion
from ahorro.domain.promociones import CAMPOS, Alcance, Promocion
from belgrano.database.work import Connection, Row

COLUMNS = ", ".join(("id", "version", *CAMPOS))
LISTS = ("cuales", "dias", "medios")
# PostgreSQL cannot tell the type of a parameter that is NULL.
_AS_BIGINT = {"lleva", "paga", "por_ciento", "monto_centavos", "desde", "hasta", "usos", "por_cliente"}
TABLAS: Mapping[Alcance, str] = {"categoria": "categorias", "negocio": "negocios", "producto": "productos"}


def _promocion(row: Row) -> Promocion:
    found = {campo: row[campo] for campo in ("id", "version", *CAMPOS)}
    found |= {campo: tuple(json.loads(found[campo])) for campo in LISTS}
    found |= {campo: bool(found[campo]) for campo in ("sobre_ofertas", "mezcla", "activa")}
    return Promocion(**found)


def _values(dicho: Mapping[str, Any]) -> dict[str, Any]:
    return {campo: json.dumps(valor) if campo in LISTS else valor for campo, valor in dicho.items()}


def _value(column: str) -> str:
    return f"CAST(:{column} AS BIGINT)" if column in _AS_BIGINT else f":{column}"


async def select_promociones(con: Connection) -> list[Promocion]:
    """All of them, the newest first."""
    return [_promocion(row) for row in await con.fetch_all(f"SELECT {COLUMNS} FROM promociones ORDER BY id DESC")]


async def select_promocion(con: Connection, promocion_id: int) -> Promocion | None:
    """One of them."""
    row = await con.fetch_one(f"SELECT {COLUMNS} FROM promociones WHERE id = :id", {"id": promocion_id})
    return _promocion(row) if row else None


async def select_cupon(con: Connection, codigo: str) -> Promocion | None:
    """The coupon with this code, ruling or not."""
    row = await con.fetch_one(
        f"SELECT {COLUMNS} FROM promociones WHERE codigo = :codigo AND codigo <> ''", {"codigo": codigo}
    )
    return _promocion(row) if row else None


async def select_automaticas(con: Connection, ahora: int) -> list[Promocion]:
    """What whoever buys gets at an instant (ms UTC), if it is the day for it and they pay in the way for it."""
    rows = await con.fetch_all(
        f"""
        SELECT {COLUMNS}
          FROM promociones
         WHERE codigo = '' AND activa AND COALESCE(desde, :ahora) <= :ahora AND (hasta IS NULL OR :ahora < hasta)
         ORDER BY id
        """,
        {"ahora": ahora},
    )
    return [_promocion(row) for row in rows]


async def select_insignias(con: Connection, ahora: int) -> list[Promocion]:
    """What cards of products show at an instant (ms UTC): what rules today for some products, for whatever way to pay.

    Of a categoria they name those that stand under it, too.
    """
    found = []
    for p in await select_automaticas(con, ahora):
        if p.alcance == "todo" or p.estado(ahora) != "rige":
            continue
        hijas = await _select_hijas(con, p.cuales) if p.alcance == "categoria" else ()
        found.append(replace(p, cuales=(*p.cuales, *hijas)))
    return found


async def select_en_promocion(con: Connection, ahora: int) -> EnPromocion:
    """What wears a badge at an instant (ms UTC)."""
    found: dict[str, list[int]] = {"categoria": [], "negocio": [], "producto": []}
    for p in await select_insignias(con, ahora):
        found[p.alcance] += p.cuales
    return EnPromocion(*(tuple(dict.fromkeys(ids)) for ids in found.values()))


async def _select_hijas(con: Connection, ids: Iterable[int]) -> tuple[int, ...]:
    named = ", ".join(map(str, map(int, ids))) or "NULL"
    rows = await con.fetch_all(f"SELECT id FROM categorias WHERE padre_id IN ({named}) ORDER BY id")
    return tuple(row["id"] for row in rows)


async def insert_promocion(con: Connection, dicho: Mapping[str, Any]) -> int:
    """A new one, with all of CAMPOS; its id."""
    row = await con.fetch_one(
        f"INSERT INTO promociones ({', '.join(dicho)}) VALUES ({', '.join(map(_value, dicho))}) RETURNING id",
        _values(dicho),
    )
    assert row is not None  # noqa: S101
    return int(row["id"])


async def update_promocion(con: Connection, promocion_id: int, cambios: Mapping[str, Any]) -> None:
    """Write some of CAMPOS, and count the version on."""
    sets = ", ".join(f"{column} = {_value(column)}" for column in cambios)
    await con.execute(
        f"UPDATE promociones SET {sets}, version = version + 1 WHERE id = :id", {**_values(cambios), "id": promocion_id}
    )


async def select_cuales(con: Connection, alcance: Alcance, dichos: Iterable[str]) -> dict[str, list[int]]:
    """The ids of the categorias, negocios or productos that go by each of these: an id, a clave or a name.

    Productos go by their bar code, too. What is somebody's id is nobody else's name.
    """
    values = {f"cual{n}": cual for n, cual in enumerate(dict.fromkeys(dichos))}
    if not values:
        return {}
    names = ("clave", "nombre", *(("codigo_barras",) if alcance == "producto" else ()))
    listed = ", ".join(f":{each}" for each in values)
    rows = await con.fetch_all(
        f"""
        SELECT id, {", ".join(names)}
          FROM {TABLAS[alcance]}
         WHERE {" OR ".join(f"{name} IN ({listed})" for name in ("CAST(id AS TEXT)", *names))}
         ORDER BY id
        """,
        values,
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        for name in {row[name] for name in names}:
            found.setdefault(name, []).append(row["id"])
    return found | {str(row["id"]): [row["id"]] for row in rows}


async def select_nombres_de(con: Connection, alcance: Alcance, ids: Iterable[int]) -> dict[int, str]:
    """What these are called, by their ids."""
    if alcance == "todo":
        return {}
    named = ", ".join(map(str, map(int, ids))) or "NULL"
    rows = await con.fetch_all(f"SELECT id, nombre FROM {TABLAS[alcance]} WHERE id IN ({named}) ORDER BY id")
    return {row["id"]: row["nombre"] for row in rows}


async def select_usos(con: Connection) -> dict[int, tuple[int, int]]:
    """In how many pedidos each was used and what it took off them (centavos); a cancelled pedido gave it back."""
    rows = await con.fetch_all(
        """
        SELECT d.promocion_id, count(DISTINCT d.pedido_id) AS pedidos, sum(d.monto_centavos) AS monto
          FROM pedido_descuentos d
          JOIN pedidos p ON p.id = d.pedido_id
         WHERE p.estado <> 'cancelado'
         GROUP BY d.promocion_id
        """
    )
    return {row["promocion_id"]: (int(row["pedidos"]), int(row["monto"])) for row in rows}


async def count_usos(con: Connection, promocion_id: int, usuario_id: int | None) -> tuple[int, int]:
    """In how many pedidos one was used, and in how many of this customer's; a cancelled pedido gave it back."""
    row = await con.fetch_one(
        """
        SELECT count(DISTINCT d.pedido_id) AS todos,
               count(DISTINCT CASE WHEN p.usuario_id = CAST(:usuario_id AS BIGINT) THEN d.pedido_id END) AS mios
          FROM pedido_descuentos d
          JOIN pedidos p ON p.id = d.pedido_id
         WHERE d.promocion_id = :id AND p.estado <> 'cancelado'
        """,
        {"id": promocion_id, "usuario_id": usuario_id},
    )
    assert row is not None  # noqa: S101
    return int(row["todos"]), int(row["mios"])
