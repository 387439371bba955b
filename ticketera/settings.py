"""Ticketera's settings: frozen, read once from the environment; a bad value is refused by its name."""

from dataclasses import dataclass
from pathlib import Path

from belgrano.env import Environment, refuse
from belgrano.http.webpush import Vapid, is_reachable

DEFAULT_PORT = 5001
MIGRATIONS = Path(__file__).parent / "store" / "migrations"


@dataclass(frozen=True)
class Settings:
    """Everything that the environment decides."""

    production: bool
    host: str
    port: int
    public_url: str
    trusted_proxies: int
    secret_key: str
    database: str  # sqlite:/// or postgresql://
    ahorro_url: str
    api_keys: tuple[str, ...]
    webhook_secret: str
    redis_url: str
    limits: bool
    metrics_token: str
    vapid: Vapid | None  # None: no notices to phones whose screen is off
    geocoder_hosts: tuple[str, ...]  # geocoders that may be on this machine or its network
    push_origins: tuple[str, ...]  # push services besides the known ones, in development

    @classmethod
    def read(cls, env: Environment | None = None) -> "Settings":
        """Read the environment. Ends the process with 78 where a value is refused."""
        env = env or Environment()
        path = env.text("TICKETS_DB_PATH", default="belgrano_tickets.db")
        return cls(
            production=env.production,
            host=env.text("TICKETS_HOST", "HOST", default="0.0.0.0" if env.production else "127.0.0.1"),  # noqa: S104
            port=env.port("TICKETS_PORT", "PORT", default=DEFAULT_PORT),
            public_url=env.origin("TICKETS_PUBLIC_URL", "PUBLIC_URL"),
            trusted_proxies=env.number("BELGRANO_TRUSTED_PROXIES", default=0, most=10),
            secret_key=env.secret("TICKETS_SECRET_KEY", "SECRET_KEY"),
            database=env.database_url("TICKETS_DATABASE_URL", "DATABASE_URL") or f"sqlite:///{path}",
            ahorro_url=env.url("BELGRANO_AHORRO_URL", "AHORRO_URL", default="http://127.0.0.1:5000"),
            api_keys=env.keys("TICKETERA_API_KEY"),
            webhook_secret=env.webhook_secret("TICKETERA_WEBHOOK_SECRET"),
            redis_url=env.url("REDIS_URL", schemes=("redis", "rediss", "unix")),
            limits=not env.flag_off("BELGRANO_LIMITS"),
            metrics_token=env.optional_secret("METRICS_TOKEN"),
            vapid=_vapid(env),
            geocoder_hosts=tuple(env.text("TICKETS_GEOCODER_HOSTS").lower().split()),
            push_origins=() if env.production else tuple(env.text("TICKETS_PUSH_ORIGINS").split()),
        )


def _vapid(env: Environment) -> Vapid | None:
    key, subject = env.text("TICKETS_VAPID_PRIVATE_KEY"), env.raw("TICKETS_VAPID_SUBJECT")
    if env.production and subject.strip() and not is_reachable(subject):
        refuse("TICKETS_VAPID_SUBJECT: tiene que ser mailto: con un correo, o https://, de un dominio público.")
    subject = subject.strip()
    if not key:
        return None
    if not subject.startswith(("mailto:", "https://")):
        refuse("TICKETS_VAPID_SUBJECT: tiene que empezar con mailto: o https://.")
    try:
        return Vapid.read(key, subject)
    except ValueError:
        refuse("TICKETS_VAPID_PRIVATE_KEY: tiene que ser una clave P-256, en PEM o sus 32 bytes en base64.")
