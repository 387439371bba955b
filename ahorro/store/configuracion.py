"""The shop's settings: one row with what the owner has said, once something was."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from ahorro.domain.configuracion import Configuracion
from ahorro.domain.envio import Envio
from ahorro.domain.franja import Horario, Jornada
from ahorro.domain.zona import Zona
from belgrano.database.work import Connection


def as_data(configuracion: Configuracion) -> dict[str, Any]:
    """All of it in values of JSON, money in centavos."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(configuracion)))
    return found


def of_data(data: Mapping[str, Any]) -> Configuracion:
    """The settings that as_data has told apart."""
    return Configuracion(
        **{
            **data,
            "medios_de_pago": tuple(data["medios_de_pago"]),
            "envio": Envio(**data["envio"]),
            "zonas": tuple(
                Zona(
                    **{
                        **zona,
                        "barrios": tuple(zona.get("barrios", ())),
                        "area": tuple(map(tuple, zona.get("area", ()))),
                    }
                )
                for zona in data["zonas"]
            ),
            "franjas": Horario(
                **{
                    **data["franjas"],
                    "dias": tuple(data["franjas"]["dias"]),
                    "feriados": tuple(data["franjas"]["feriados"]),
                    "por_dia": tuple(Jornada(**each) for each in data["franjas"].get("por_dia", ())),
                }
            ),
        }
    )


async def select_dicho(con: Connection) -> dict[str, Any]:
    """What the owner has said, `version` with it; empty where nothing was yet."""
    row = await con.fetch_one("SELECT version, datos FROM configuracion WHERE id = 1")
    return {} if row is None else {**json.loads(row["datos"]), "version": row["version"]}


async def select_configuracion(con: Connection, de_fabrica: Configuracion) -> Configuracion:
    """The settings; what the owner has not said is as `de_fabrica` has it.

    Every page asks: the row is read each time, since another process may have changed it, and understood once.
    """
    row = await con.fetch_one("SELECT version, datos FROM configuracion WHERE id = 1")
    return de_fabrica if row is None else _said(row["datos"], row["version"], de_fabrica)


@lru_cache(maxsize=8)
def _said(datos: str, version: int, de_fabrica: Configuracion) -> Configuracion:
    return of_data(as_data(de_fabrica) | json.loads(datos) | {"version": version})


async def upsert_configuracion(con: Connection, dicho: Mapping[str, Any], version: int) -> None:
    """Keep what the owner has said by now, as this version."""
    await con.execute(
        """
        INSERT INTO configuracion (id, version, datos)
        VALUES (1, :version, :datos)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, datos = excluded.datos
        """,
        {"version": version, "datos": json.dumps(dict(dicho), ensure_ascii=False)},
    )
