"""Where addresses are, as a geocoder said: each is asked once, by one process, and one a second over all of them."""

from dataclasses import dataclass

from belgrano.database.work import Connection


@dataclass(frozen=True, slots=True)
class PorUbicar:
    """An open ticket without coordinates; `lat` and `lng` where its address (`texto`) is, None: it is to be asked."""

    ticket_id: int
    texto: str
    lat: float | None
    lng: float | None


async def select_por_ubicar(con: Connection, ahora: int, limite: int) -> list[PorUbicar]:
    """Open tickets without coordinates, those whose address is known first, then the oldest.

    Left out is what nobody could find lately, and what is being asked at this moment.
    """
    rows = await con.fetch_all(
        """
        SELECT t.id, t.texto, d.lat, d.lng
          FROM (SELECT id, CASE WHEN cliente_barrio = '' THEN cliente_direccion
                                ELSE cliente_direccion || ', ' || cliente_barrio END AS texto
                  FROM tickets
                 WHERE cerrado_en IS NULL AND cliente_lat IS NULL) t
          LEFT JOIN direcciones d ON d.texto = t.texto
         WHERE d.texto IS NULL OR d.lat IS NOT NULL OR d.vence_en <= CAST(:ahora AS BIGINT)
            OR d.en > CAST(:ahora AS BIGINT) -- the clock was set back since
         ORDER BY CASE WHEN d.lat IS NULL THEN 1 ELSE 0 END, t.id
         LIMIT :limite
        """,
        {"ahora": ahora, "limite": limite},
    )
    return [PorUbicar(*row) for row in rows]  # type: ignore[misc]


async def exists_pregunta_desde(con: Connection, desde: int, ahora: int) -> bool:
    """Whether any address was asked since an instant. One that is said to be asked later: the clock was set back."""
    values = {"desde": desde, "ahora": ahora}
    found = await con.fetch_val("SELECT 1 FROM direcciones WHERE en > :desde AND en <= :ahora LIMIT 1", values)
    return found is not None


async def upsert_direccion(
    con: Connection, texto: str, lat: float | None, lng: float | None, ahora: int, vence_en: int
) -> None:
    """Keep where an address is; None: nobody knows, not to be asked again before `vence_en`."""
    await con.execute(
        """
        INSERT INTO direcciones (texto, lat, lng, en, vence_en) VALUES (:texto, :lat, :lng, :ahora, :vence_en)
        ON CONFLICT (texto)
        DO UPDATE SET lat = excluded.lat, lng = excluded.lng, en = excluded.en, vence_en = excluded.vence_en
        """,
        {"texto": texto, "lat": lat, "lng": lng, "ahora": ahora, "vence_en": vence_en},
    )


async def delete_direcciones(con: Connection, antes_de: int) -> None:
    """Forget what lost its word before an instant."""
    await con.execute("DELETE FROM direcciones WHERE vence_en < :antes_de", {"antes_de": antes_de})
