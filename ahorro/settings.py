"""The shop's settings: frozen, read once from the environment; a bad value is refused by its name."""

from dataclasses import dataclass
from pathlib import Path

from ahorro.domain.franja import CUPO_POR_FRANJA
from belgrano.env import Environment

DEFAULT_PORT = 5000
MIGRATIONS = Path(__file__).parent / "store" / "migrations"
MAILBOX = "correo"  # development: recovery mails land here, and a page shows them


@dataclass(frozen=True)
class Settings:
    """Everything that the environment decides."""

    production: bool
    host: str
    port: int
    public_url: str
    trusted_proxies: int
    secret_key: str
    database: str
    ticketera_url: str
    ticketera_public_url: str  # as customers reach it; empty: no links to it
    franja_cupo: int
    alias: str  # where customers transfer to
    api_key: str
    webhook_secret: str
    limits: bool
    metrics_token: str
    smtp_url: str
    mail_from: str
    mailbox: Path
    barrios: tuple[str, ...] = ()  # where the shop delivers; none: everywhere

    @classmethod
    def read(cls, env: Environment | None = None) -> "Settings":
        """Read the environment. Ends the process with 78 where a value is refused."""
        env = env or Environment()
        path = env.text("AHORRO_DB_PATH", default="belgrano_ahorro.db")
        keys = env.keys("TICKETERA_API_KEY")
        ticketera = env.url("TICKETERA_URL", "TICKETS_URL", default="http://127.0.0.1:5001")
        return cls(
            production=env.production,
            host=env.text("AHORRO_HOST", "HOST", default="0.0.0.0" if env.production else "127.0.0.1"),  # noqa: S104
            port=env.port("AHORRO_PORT", "PORT", default=DEFAULT_PORT),
            public_url=env.origin("AHORRO_PUBLIC_URL", "PUBLIC_URL"),
            trusted_proxies=env.number("BELGRANO_TRUSTED_PROXIES", default=0, most=10),
            secret_key=env.secret("AHORRO_SECRET_KEY", "SECRET_KEY"),
            database=env.database_url("AHORRO_DATABASE_URL", "DATABASE_URL") or f"sqlite:///{path}",
            ticketera_url=ticketera,
            ticketera_public_url=env.origin("TICKETERA_PUBLIC_URL", default="" if env.production else ticketera),
            franja_cupo=env.number("AHORRO_FRANJA_CUPO", default=CUPO_POR_FRANJA, most=100_000),
            alias=env.text("AHORRO_ALIAS", default="BELGRANO.AHORRO"),
            api_key=keys[0] if keys else "",
            webhook_secret=env.webhook_secret("TICKETERA_WEBHOOK_SECRET"),
            limits=not env.flag_off("BELGRANO_LIMITS"),
            metrics_token=env.optional_secret("METRICS_TOKEN"),
            smtp_url=env.url("AHORRO_SMTP_URL", schemes=("smtp", "smtps")),
            mail_from=env.sender("AHORRO_MAIL_FROM", default="Belgrano Ahorro <no-responder@localhost>"),
            mailbox=Path(env.text("AHORRO_MAILBOX", default=MAILBOX)),
            barrios=tuple(filter(None, (each.strip() for each in env.text("AHORRO_BARRIOS").split(",")))),
        )
