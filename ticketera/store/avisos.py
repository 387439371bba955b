"""Where phones are told of a ticket while their screen is off. A subscription is as good as its session."""

from belgrano.database.running import NOW
from belgrano.database.work import Connection
from ticketera.domain.avisos import Suscripcion


async def upsert_suscripcion(
    con: Connection, usuario_id: int, token_hash: str, suscripcion: Suscripcion, ahora: int
) -> None:
    """Keep a browser's subscription; one that was somebody else's is this person's now."""
    await con.execute(
        """
        INSERT INTO suscripciones (endpoint, usuario_id, token_hash, p256dh, auth, en)
        VALUES (:endpoint, :usuario_id, :token_hash, :p256dh, :auth, :ahora)
        ON CONFLICT (endpoint) DO UPDATE
           SET usuario_id = excluded.usuario_id, token_hash = excluded.token_hash,
               p256dh = excluded.p256dh, auth = excluded.auth, en = excluded.en
        """,
        {
            "endpoint": suscripcion.endpoint,
            "usuario_id": usuario_id,
            "token_hash": token_hash,
            "p256dh": suscripcion.p256dh,
            "auth": suscripcion.auth,
            "ahora": ahora,
        },
    )


async def update_sesion(con: Connection, de: str, a: str) -> None:
    """What a session (a token hash) subscribed to belongs to the one that took its place."""
    await con.execute("UPDATE suscripciones SET token_hash = :a WHERE token_hash = :de", {"a": a, "de": de})


async def delete_sobrantes(con: Connection, usuario_id: int, quedan: int) -> None:
    """Of a person's subscriptions only the newest stay."""
    await con.execute(
        """
        DELETE FROM suscripciones
         WHERE usuario_id = :usuario_id
           AND endpoint NOT IN (SELECT s.endpoint FROM suscripciones s
                                 WHERE s.usuario_id = :usuario_id ORDER BY s.en DESC, s.endpoint LIMIT :quedan)
        """,
        {"usuario_id": usuario_id, "quedan": quedan},
    )


async def delete_suscripcion(con: Connection, endpoint: str, usuario_id: int | None = None) -> None:
    """Forget a subscription, maybe only if it is this person's."""
    await con.execute(
        """
        DELETE FROM suscripciones
         WHERE endpoint = :endpoint AND usuario_id = COALESCE(CAST(:usuario_id AS BIGINT), usuario_id)
        """,
        {"endpoint": endpoint, "usuario_id": usuario_id},
    )


async def delete_sin_sesion(con: Connection) -> None:
    """Forget the subscriptions whose session is over."""
    await con.execute(
        """
        DELETE FROM suscripciones
         WHERE token_hash NOT IN (SELECT token_hash FROM sessions WHERE ended_at IS NULL)
        """,
        {},
    )


async def select_para_avisar(con: Connection, repartidor_id: int, ticket_id: int, idle: int) -> list[Suscripcion]:
    """Where to tell a repartidor of a ticket: nowhere once their phone has it, or it is closed or not theirs.

    Sessions that were not used for so many ms of running time are over.
    """
    rows = await con.fetch_all(
        f"""
        SELECT s.endpoint, s.p256dh, s.auth
          FROM suscripciones s
          JOIN sessions e ON e.token_hash = s.token_hash AND e.ended_at IS NULL
           AND e.seen_at > {NOW} - CAST(:idle AS BIGINT)
          JOIN usuarios u ON u.id = s.usuario_id AND u.activo
          JOIN tickets t ON t.id = :ticket_id AND t.repartidor_id = u.id
           AND t.recibido_en IS NULL AND t.cerrado_en IS NULL
         WHERE s.usuario_id = :repartidor_id
         ORDER BY s.en
        """,  # noqa: S608
        {"repartidor_id": repartidor_id, "ticket_id": ticket_id, "idle": idle},
    )
    return [Suscripcion(row["endpoint"], row["p256dh"], row["auth"]) for row in rows]
