"""Ticketera's settings beyond those that both apps have; a bad value is refused by its name."""

from dataclasses import dataclass
from pathlib import Path

from belgrano import settings
from belgrano.env import Environment
from belgrano.http.webpush import Vapid, is_reachable

MIGRATIONS = Path(__file__).parent / "store" / "migrations"


@dataclass(frozen=True, kw_only=True)
class Settings(settings.Settings):
    """Everything that the environment decides."""

    app = "ticketera"
    migrations = MIGRATIONS

    ahorro_url: str
    api_keys: tuple[str, ...]
    redis_url: str
    vapid: Vapid | None  # None: no notices to phones whose screen is off
    geocoder_hosts: tuple[str, ...]  # geocoders that may be on this machine or its network
    push_origins: tuple[str, ...]  # push services besides the known ones, in development

    @classmethod
    def read(cls, env: Environment | None = None) -> "Settings":
        """Read the environment. Ends the process with 78 where a value is refused."""
        env = env or Environment()
        shared = settings.read_shared(env, cls.app)
        settings.refuse_itself(env, ("BELGRANO_AHORRO_URL", "AHORRO_URL"), shared)
        return cls(
            **shared,
            ahorro_url=env.url(
                "BELGRANO_AHORRO_URL", "AHORRO_URL", default=settings.local_url(settings.PORTS["ahorro"])
            ),
            api_keys=env.keys("TICKETERA_API_KEY"),
            redis_url=env.url("REDIS_URL", schemes=("redis", "rediss", "unix")),
            vapid=_vapid(env),
            geocoder_hosts=tuple(env.text("TICKETS_GEOCODER_HOSTS").lower().split()),
            push_origins=() if env.production else tuple(env.text("TICKETS_PUSH_ORIGINS").split()),
        )


def _vapid(env: Environment) -> Vapid | None:
    key, subject = env.text("TICKETS_VAPID_PRIVATE_KEY"), env.raw("TICKETS_VAPID_SUBJECT")
    if env.production and subject.strip() and not is_reachable(subject):
        return env.refuse(
            "TICKETS_VAPID_SUBJECT: tiene que ser mailto: con un correo, o https://, de un dominio público.", None
        )
    subject = subject.strip()
    if not key:
        return None
    if not subject.startswith(("mailto:", "https://")):
        return env.refuse("TICKETS_VAPID_SUBJECT: tiene que empezar con mailto: o https://.", None)
    try:
        return Vapid.read(key, subject)
    except ValueError:
        said = "TICKETS_VAPID_PRIVATE_KEY: tiene que ser una clave P-256, en PEM o sus 32 bytes en base64."
        return env.refuse(said, None)
