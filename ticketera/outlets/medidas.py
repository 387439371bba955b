"""What operators see of dispatch on /metrics: who waits, who works, what nobody has decided."""

from prometheus_client import Gauge

from belgrano.database.base import Base
from ticketera.store.medidas import select_medidas

SIN_REPARTIDOR = Gauge("ticketera_sin_repartidor", "Open tickets without a repartidor.")
MAS_VIEJO = Gauge("ticketera_sin_repartidor_seconds", "How long the oldest of them has waited.")
EN_TURNO = Gauge("ticketera_repartidores_en_turno", "Repartidores in turno.")
EN_LINEA = Gauge("ticketera_repartidores_en_linea", "Those of them whose phone is connected.")
CONFLICTOS = Gauge("ticketera_conflictos", "Conflictos that wait for an admin.")


async def medir(base: Base) -> None:
    """Take these values."""
    medidas = await base.read(select_medidas)
    SIN_REPARTIDOR.set(medidas["sin_repartidor"])
    MAS_VIEJO.set(medidas["espera_s"])
    EN_TURNO.set(medidas["en_turno"])
    EN_LINEA.set(medidas["en_linea"])
    CONFLICTOS.set(medidas["conflictos"])
