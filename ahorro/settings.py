"""The shop's settings beyond those that both apps have; a bad value is refused by its name."""

from dataclasses import dataclass
from pathlib import Path

from ahorro.domain.configuracion import Configuracion
from ahorro.domain.franja import CUPO_POR_FRANJA, Horario
from ahorro.domain.zona import Zona
from belgrano import settings
from belgrano.env import Environment

MIGRATIONS = Path(__file__).parent / "store" / "migrations"
ALIAS_DE_PRUEBA = "BELGRANO.AHORRO"  # somebody's, perhaps: never where money is real
MAILBOX = "correo"  # development: recovery mails land here, and a page shows them


@dataclass(frozen=True, kw_only=True)
class Settings(settings.Settings):
    """Everything that the environment decides."""

    app = "ahorro"
    migrations = MIGRATIONS

    ticketera_url: str
    ticketera_public_url: str  # as customers reach it; empty: no links to it
    franja_cupo: int
    alias: str  # where customers transfer to
    api_key: str
    mailbox: Path
    barrios: tuple[str, ...] = ()  # where the shop delivers; none: everywhere

    @property
    def de_fabrica(self) -> Configuracion:
        """What the shop is while its owner has not said otherwise."""
        zonas = (Zona("Reparto", self.barrios),) if self.barrios else ()
        return Configuracion(alias=self.alias, zonas=zonas, franjas=Horario(cupo=self.franja_cupo))

    @classmethod
    def read(cls, env: Environment | None = None) -> "Settings":
        """Read the environment. Ends the process with 78 where a value is refused."""
        env = env or Environment()
        keys = env.keys("TICKETERA_API_KEY")
        ticketera = env.url("TICKETERA_URL", "TICKETS_URL", default=settings.local_url(settings.PORTS["ticketera"]))
        shared = settings.read_shared(env, cls.app)
        settings.refuse_itself(env, ("TICKETERA_URL", "TICKETS_URL"), shared)
        return cls(
            **shared,
            ticketera_url=ticketera,
            ticketera_public_url=env.origin("TICKETERA_PUBLIC_URL", default="" if env.production else ticketera),
            franja_cupo=env.number("AHORRO_FRANJA_CUPO", default=CUPO_POR_FRANJA, most=100_000),
            alias=env.text("AHORRO_ALIAS", default="" if env.production else ALIAS_DE_PRUEBA),
            api_key=keys[0] if keys else "",
            mailbox=Path(env.text("AHORRO_MAILBOX", default=MAILBOX)),
            barrios=tuple(filter(None, (each.strip() for each in env.text("AHORRO_BARRIOS").split(",")))),
        )
