"""What the environment decides of either app; what is one app's own is in its `settings.py`."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from belgrano.database.plan import EVERY_H, Plan
from belgrano.env import PREFIX, Environment

PORTS = {"ahorro": 5000, "ticketera": 5001}
FILES = {"ahorro": "belgrano_ahorro.db", "ticketera": "belgrano_tickets.db"}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Frozen, read once; `app` and `migrations` say whose they are."""

    app: ClassVar[str]
    migrations: ClassVar[Path]

    production: bool
    host: str
    port: int
    public_url: str
    trusted_proxies: int
    secret_key: str
    database: str  # sqlite:/// or postgresql://
    webhook_secret: str
    limits: bool
    lean_http: bool = True
    metrics_token: str
    smtp_url: str  # the shop's; alerts of both apps leave by it
    mail_from: str
    alert_emails: tuple[str, ...] = ()
    alert_url: str = ""
    alert_secret: str = ""
    copies: Plan = field(default_factory=Plan)


def address(env: Environment, app: str, *, alone: bool = True) -> tuple[str, int]:
    """Host and port of an app. With both under one parent (`alone` is False) the plain PORT is nobody's."""
    prefix = PREFIX[app]
    host = env.text(f"{prefix}_HOST", "HOST", default="0.0.0.0" if env.production else "127.0.0.1")  # noqa: S104
    port = env.port(f"{prefix}_PORT", *(["PORT"] if alone else []), default=PORTS[app])
    return host, port


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches what listens there."""
    return host in {"127.0.0.1", "::1", "localhost"}


def traps(settings: Settings) -> list[tuple[str, str]]:
    """What works and is most likely not meant, each with its variable: said at the start, and by doctor."""
    prefix, url, found = PREFIX[settings.app], settings.public_url, []
    if settings.production and url.startswith("http://"):
        said = f"{url} no es https://: en producción las cookies y el teléfono lo necesitan."
        found.append((f"{prefix}_PUBLIC_URL", said))
    if settings.trusted_proxies and not is_loopback(settings.host):
        said = (
            f"escucha en {settings.host} y le cree a un proxy: quien llegue al puerto {settings.port} sin pasar por él "
            "dice la dirección que quiera. Poné 127.0.0.1, o cerrá el puerto."
        )
        found.append((f"{prefix}_HOST", said))
    if not settings.production and (url.startswith("https://") or settings.database.startswith("postgresql")):
        said = "no dice production, y lo demás sí: así los secretos se hacen solos, y nada se exige."
        found.append(("BELGRANO_ENV", said))
    return found


def refuse_itself(env: Environment, names: tuple[str, ...], own: dict[str, Any]) -> None:
    """Refuse an address of the other app, where one is said, that is this one's own: it would wait for itself."""
    url = env.url(*names)
    there, here = urlsplit(url), urlsplit(own["public_url"])
    local = is_loopback(there.hostname or "") and (there.port or 80) == own["port"]
    if url and (local or (there.netloc == here.netloc and not there.path.strip("/"))):
        name = next(each for each in names if env.text(each))
        env.refuse(f"{name}: es la dirección de esta misma app; tiene que ser la de la otra.", None)


def local_url(port: int) -> str:
    """The address of what listens there on this machine."""
    return f"http://127.0.0.1:{port}"


def sqlite_url(env: Environment, app: str) -> str:
    """Where an app's SQLite file is, whether or not that is its database."""
    return f"sqlite:///{env.text(f'{PREFIX[app]}_DB_PATH', default=FILES[app])}"


def read_shared(env: Environment, app: str) -> dict[str, Any]:
    """The fields of `Settings`, by name. Ends the process with 78 where a value is refused."""
    prefix = PREFIX[app]
    host, port = address(env, app)
    return {
        "production": env.production,
        "host": host,
        "port": port,
        "public_url": env.origin(f"{prefix}_PUBLIC_URL", "PUBLIC_URL"),
        "trusted_proxies": env.number("BELGRANO_TRUSTED_PROXIES", default=0, most=10),
        "secret_key": env.secret(f"{prefix}_SECRET_KEY", "SECRET_KEY"),
        "database": database_of(env, app),
        "webhook_secret": env.webhook_secret("TICKETERA_WEBHOOK_SECRET"),
        "limits": not env.flag_off("BELGRANO_LIMITS"),
        "lean_http": env.one_of("BELGRANO_HTTP", "belgrano", "hypercorn") == "belgrano",
        "metrics_token": env.optional_secret("METRICS_TOKEN"),
        "smtp_url": env.url("AHORRO_SMTP_URL", schemes=("smtp", "smtps")),
        "mail_from": env.sender("AHORRO_MAIL_FROM", default="no-responder@localhost"),
        "alert_emails": env.emails("BELGRANO_ALERT_EMAIL"),
        "alert_url": env.url("BELGRANO_ALERT_URL"),
        "alert_secret": env.webhook_secret_for("BELGRANO_ALERT_SECRET", "BELGRANO_ALERT_URL"),
        "copies": read_plan(env),
    }


def read_plan(env: Environment) -> Plan:
    """Where copies go and how often."""
    folder = env.text("BELGRANO_BACKUP_DIR")
    return Plan(
        folder=Path(folder) if folder else None,
        every_s=env.hours("BELGRANO_BACKUP_EVERY_H", default=EVERY_H) * 3600,
    )


def database_of(env: Environment, app: str) -> str:
    """Where an app's database is: sqlite:/// or postgresql://."""
    return env.database_url(f"{PREFIX[app]}_DATABASE_URL", "DATABASE_URL") or sqlite_url(env, app)
