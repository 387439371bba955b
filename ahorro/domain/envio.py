"""What it costs to bring it, and the least that is brought."""

from collections.abc import Sequence
from dataclasses import dataclass

from ahorro.domain.errors import CampoInvalido
from ahorro.domain.pedido import Entrega
from ahorro.domain.zona import Zona, zona_de
from belgrano.words.money import pesos


@dataclass(frozen=True, slots=True)
class Envio:
    """The shop's own, in centavos; without `gratis_desde_centavos` it is never free by how much is bought."""

    costo_centavos: int = 0
    gratis_desde_centavos: int | None = None
    minimo_centavos: int = 0


@dataclass(frozen=True, slots=True)
class Tarifa:
    """What holds in one place, in centavos: the cost of going there, from how much on it is free, and the least."""

    costo_centavos: int
    gratis_desde_centavos: int | None
    minimo_centavos: int

    def falta_para_el_minimo(self, comprado: int) -> int:
        """How much more has to be bought until it is brought."""
        return max(0, self.minimo_centavos - comprado)

    def falta_para_gratis(self, comprado: int) -> int:
        """How much more has to be bought until nothing is paid for it; 0 where that is so, or never will be."""
        if self.gratis_desde_centavos is None or not self.costo_centavos:
            return 0
        return max(0, self.gratis_desde_centavos - comprado)

    def costo(self, comprado: int) -> int:
        """What delivery of so much costs."""
        gratis = self.gratis_desde_centavos is not None and comprado >= self.gratis_desde_centavos
        return 0 if gratis else self.costo_centavos


def tarifa_de(envio: Envio, zona: Zona | None) -> Tarifa:
    """What holds in a zone: its own, and where it says nothing what the shop says."""
    costo, minimo = envio.costo_centavos, envio.minimo_centavos
    if zona is not None:
        costo = costo if zona.costo_centavos is None else zona.costo_centavos
        minimo = minimo if zona.minimo_centavos is None else zona.minimo_centavos
    return Tarifa(costo, envio.gratis_desde_centavos, minimo)


def costo_de(envio: Envio, zona: Zona | None, comprado: int) -> int:
    """What delivery of so much (centavos) costs there, in centavos. Raises CampoInvalido, naming `total`, below the
    least that is brought there."""
    tarifa = tarifa_de(envio, zona)
    falta = tarifa.falta_para_el_minimo(comprado)
    if falta:
        minimo = pesos(tarifa.minimo_centavos)
        raise CampoInvalido("total", f"Te faltan {pesos(falta)} para llegar al mínimo de {minimo} y te lo llevamos.")
    return tarifa.costo(comprado)


def costo_convenido(envio: Envio, zonas: Sequence[Zona], entrega: Entrega, comprado: int) -> int:
    """What delivery of a paquete costs, in centavos: agreed on before, it has no minimum, and outside of all zones that
    were drawn since it is the shop's own."""
    try:
        zona = zona_de(zonas, entrega.barrio, entrega.direccion, entrega.punto)
    except CampoInvalido:
        zona = None
    return tarifa_de(envio, zona).costo(comprado)


def siempre_gratis(envio: Envio, zonas: Sequence[Zona]) -> bool:
    """Whether nobody pays for delivery, wherever they live and however little they buy."""
    return not any([envio.costo_centavos, *(zona.costo_centavos for zona in zonas)])
