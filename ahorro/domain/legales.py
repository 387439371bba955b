"""The legal pages' texts: what a fresh shop says, and how plain text becomes paragraphs."""

from dataclasses import dataclass

TITULO_MAXIMO = 80  # a longer line is a sentence that lacks its full stop

TERMINOS = """\
Reunimos la oferta de negocios y llevamos lo que comprás a tu domicilio. Al confirmar un pedido \
aceptás estas condiciones.

Precios y pagos

Los precios son finales, en pesos argentinos, con impuestos. Vale el precio que ves al confirmar. Nada se cobra en \
esta página: pagás según la forma que elijas.

Entrega

Entregamos dentro de la zona y en el horario que te mostramos al comprar. Si no encontramos a nadie te llamamos al \
teléfono que dejaste y coordinamos otra visita.

Faltantes

Si algo se agotó después de tu pedido, te avisamos antes de salir y no lo pagás.

Arrepentimiento

Tenés 10 días corridos desde que recibís la compra para revocarla, sin costo. Usá el botón de arrepentimiento."""

PRIVACIDAD = """\
Guardamos lo necesario para llevarte lo que comprás: nombre, correo, teléfono, dirección, la \
ubicación si nos la das, y tus pedidos.

Quién los ve

El negocio que prepara el pedido y el repartidor que lo lleva ven tu nombre, dirección, ubicación y teléfono. Tu \
correo no se le muestra al repartidor.

Cookies

Usamos la de tu sesión y, si los decís, las que recuerdan tu barrio (medio año) y tu ubicación (un día). \
No hay publicidad ni seguimiento de terceros.

Tus derechos

Podés pedir, corregir o borrar tus datos (ley 25.326). La Agencia de Acceso a la Información Pública, órgano de \
control de la ley, recibe denuncias y reclamos."""

ARREPENTIMIENTO = """\
No alcanza a lo que se echa a perder rápido (frescos, panificados, comida preparada) ni a lo que no se puede devolver \
una vez abierto, por higiene (artículo 1116 del Código Civil y Comercial). Si algo de eso llegó mal, escribinos igual: \
lo resolvemos."""


@dataclass(frozen=True, slots=True)
class Parrafo:
    """One block of a text; `es_titulo` for a short line of its own that ends in no full stop."""

    texto: str
    es_titulo: bool


def parrafos(texto: str) -> list[Parrafo]:
    """A text's blocks, parted by blank lines."""
    blocks = [block.strip() for block in "\n".join(line.rstrip() for line in texto.splitlines()).split("\n\n")]
    return [
        Parrafo(block, "\n" not in block and len(block) <= TITULO_MAXIMO and block[-1] not in ".:;!?…")
        for block in blocks
        if block
    ]
