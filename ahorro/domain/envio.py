"""What it costs to bring it, and the least that is brought."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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


def costo_de(envio: Envio, zona: Zona | None, comprado: int) -> int:
    """What delivery of so much (centavos) costs there, in centavos. Raises CampoInvalido, naming `total`, below the
    least that is brought there."""
    minimo, costo = envio.minimo_centavos, envio.costo_centavos
    if zona is not None:
        minimo = minimo if zona.minimo_centavos is None else zona.minimo_centavos
        costo = costo if zona.costo_centavos is None else zona.costo_centavos
    if comprado < minimo:
        raise CampoInvalido(
            "total", f"Te faltan {pesos(minimo - comprado)} para llegar al mínimo de {pesos(minimo)} y te lo llevamos."
        )
    gratis = envio.gratis_desde_centavos is not None and comprado >= envio.gratis_desde_centavos
    return 0 if gratis else costo


def costo_convenido(envio: Envio, zonas: Sequence[Zona], entrega: Entrega, comprado: int) -> int:
    """What delivery of a paquete costs, in centavos: agreed on before, it has no minimum, and outside of all zones that
    were drawn since it is the shop's own."""
    try:
        zona = zona_de(zonas, entrega.barrio, entrega.direccion)
    except CampoInvalido:
        zona = None
    zona = None if zona is None else replace(zona, minimo_centavos=0)
    return costo_de(replace(envio, minimo_centavos=0), zona, comprado)


def siempre_gratis(envio: Envio, zonas: Sequence[Zona]) -> bool:
    """Whether nobody pays for delivery, wherever they live and however little they buy."""
    return not any([envio.costo_centavos, *(zona.costo_centavos for zona in zonas)])
