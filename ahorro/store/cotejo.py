"""What Ticketera has, compared with the pedidos: after a copy took the place of either database they differ."""

from collections.abc import Mapping, Sequence

from ahorro.domain.cotejo import Par
from belgrano.database.work import Connection, Row


async def select_epoca(con: Connection) -> str:
    """The epoca of Ticketera with which the pedidos were compared last; empty where they have to be."""
    return str(await con.fetch_val("SELECT epoca FROM cotejo WHERE id = 1"))


async def update_epoca(con: Connection, epoca: str, hecho_en: int | None) -> None:
    """Keep with which life of Ticketera the pedidos were compared, and when."""
    await con.execute(
        "UPDATE cotejo SET epoca = :epoca, hecho_en = CAST(:hecho_en AS BIGINT) WHERE id = 1",
        {"epoca": epoca, "hecho_en": hecho_en},
    )


async def select_mandados(con: Connection, numero: str | None = None) -> dict[str, Par]:
    """The pedidos that Ticketera has confirmed, or one of them, by numero, as far back as the queue remembers."""
    rows = await con.fetch_all(
        f"""
        SELECT p.numero, p.estado, p.creado_en, p.revision
          FROM outgoing o
          JOIN pedidos p ON p.numero = o.key
         WHERE o.state = 'hecho' {"" if numero is None else "AND o.key = :numero"}
        """,  # noqa: S608
        {} if numero is None else {"numero": numero},
    )
    return {row["numero"]: Par(row["numero"], row["estado"], row["creado_en"], row["revision"]) for row in rows}


async def select_estados_de(con: Connection, numeros: Sequence[str]) -> Mapping[str, str]:
    """The state of each of these pedidos that there is."""
    if not numeros:
        return {}
    values = {f"n{n}": numero for n, numero in enumerate(numeros)}
    rows = await con.fetch_all(
        f"SELECT numero, estado FROM pedidos WHERE numero IN ({', '.join(f':{name}' for name in values)})",  # noqa: S608
        values,
    )
    return {row["numero"]: row["estado"] for row in rows}


async def delete_sin_par(con: Connection, numero: str | None = None) -> int:
    """Forget what was found of one numero, or of all; how many."""
    return await con.execute(
        "DELETE FROM sin_par WHERE numero = CAST(:numero AS TEXT) OR CAST(:numero AS TEXT) IS NULL", {"numero": numero}
    )


async def insert_sin_par(con: Connection, que: str, par: Par) -> None:
    """Keep for a person that the two apps differ over this numero."""
    await con.execute(
        """
        INSERT INTO sin_par (numero, que, estado, creado_en)
        VALUES (:numero, :que, :estado, :creado_en)
            ON CONFLICT (numero) DO NOTHING
        """,
        {"numero": par.numero, "que": que, "estado": par.estado, "creado_en": par.creado_en},
    )


async def select_sin_par(con: Connection, limite: int = 200) -> list[Row]:
    """numero, que, estado and creado_en (ms UTC) of what the two apps differ over, the newest first."""
    rows: list[Row] = await con.fetch_all(
        """
        SELECT numero, que, estado, creado_en
          FROM sin_par
         ORDER BY creado_en DESC, numero
         LIMIT CAST(:limite AS BIGINT)
        """,
        {"limite": limite},
    )
    return rows


async def select_que(con: Connection, numero: str) -> str | None:
    """In what the two apps differ over this numero; None: in nothing."""
    que: str | None = await con.fetch_val("SELECT que FROM sin_par WHERE numero = :numero", {"numero": numero})
    return que
