"""What every page of the shop shows around its content: who is in, the cart's number, a notice after a redirect."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import segno
from quart import Blueprint, g, request
from quart.blueprints import BlueprintSetupState

from ahorro.domain.carrito import Carrito
from ahorro.domain.catalogo import Producto
from ahorro.domain.cuenta import PERSONAL
from ahorro.domain.descuentos import Linea, resumen, vale_para
from ahorro.domain.imagen import FORMATOS, camino
from ahorro.domain.pedido import PAGAN_ANTES
from ahorro.routes.house import base, configuracion, house
from ahorro.routes.pages.telefonos import llamar, whatsapp
from ahorro.routes.recuperacion import sitio
from ahorro.store.carritos import select_carrito
from ahorro.store.promociones import select_insignias
from belgrano import contract
from belgrano.database.base import Unavailable
from belgrano.later import Later
from belgrano.words.numbers import peso
from belgrano.words.text import enumerar
from belgrano.words.times import now

if TYPE_CHECKING:
    from babel import dates
else:
    dates = Later("babel.dates")

routes = Blueprint("marco", __name__)

FRECUENCIAS = {"semanal": "Cada semana", "quincenal": "Cada 15 días", "mensual": "Cada mes"}

# What a page says once after a redirect, by `?aviso=`.
AVISOS = {
    "armado": ("bien", "Listo para salir."),
    "guardado": ("bien", "Guardamos los cambios."),
    "contrasena": ("bien", "Listo: cambiamos tu contraseña y cerramos tus otras sesiones."),
    "recuperada": ("bien", "Listo. Ya podés entrar con tu contraseña nueva."),
    "salida": ("bien", "Cerraste tu sesión."),
    "vaciado": ("bien", "Vaciamos tu carrito."),
    "quitado": ("bien", "Lo quitamos del carrito."),
    "cantidad": ("bien", "Actualizamos la cantidad."),
    "cupon": ("bien", "Pusimos el cupón."),
    "cupon_quitado": ("bien", "Quitamos el cupón."),
    "repetido": ("bien", "Pusimos en tu carrito lo de ese pedido, a los precios de hoy."),
    "repetido_en_parte": ("ojo", "Pusimos en tu carrito lo que sigue a la venta. Revisá: no está todo."),
    "nada_que_repetir": ("error", "Nada de ese pedido sigue a la venta."),
    "cancelando": ("ojo", "Pedimos que se cancele. Si todavía no salió, en un momento lo vas a ver cancelado acá."),
    "ya_salio": ("error", "Tu pedido ya salió o ya terminó: no se puede cancelar por acá. Llamanos y lo vemos."),
    "ya_confirmado": ("ojo", "Ese pedido ya estaba confirmado, con los datos de la primera vez. Es el de arriba."),
    "reintentando": ("bien", "Los volvemos a mandar a Ticketera."),
    "atendido": ("bien", "Quedó como atendido."),
    "sesion_cerrada": ("bien", "Cerramos esa sesión."),
    "sesiones_cerradas": ("bien", "Cerramos tus otras sesiones. Queda abierta solo esta."),
    "segundo_paso_quitado": ("bien", "Listo: entrás otra vez solo con tu contraseña."),
    "otra_vez": ("ojo", "Pasó demasiado tiempo. Entrá de nuevo con tu contraseña."),
    "cuenta_borrada": ("bien", "Listo: borramos tu cuenta y tus datos."),
    "cliente_afuera": ("bien", "Listo: ya no puede entrar, y salió de donde estaba."),
    "cliente_adentro": ("bien", "Listo: puede entrar otra vez."),
    "cliente_viejo": ("ojo", "Alguien lo cambió mientras lo mirabas. Mirá cómo quedó y volvé a intentar."),
    "aprobado": ("bien", "Quedó aprobado: desde ahora sus pedidos van con la prioridad de los comercios."),
    "volvio": ("bien", "La mercadería está de nuevo en stock."),
    "nada_que_vuelva": ("ojo", "Ese pedido no espera que vuelva nada: no está sin entregar, o ya volvió."),
    "promocion_nueva": ("bien", "La promoción ya está."),
    "promocion_vieja": ("ojo", "Alguien la cambió mientras la mirabas. Mirá cómo quedó y volvé a intentar."),
    "ya_se_aplico": ("ojo", "Ese cambio ya se aplicó, no se puede cancelar. Podés deshacerlo."),
    "producto_nuevo": ("bien", "Ya está a la venta. Podés cargar otro."),
    "paquete": ("bien", "Guardamos el paquete."),
    "paquete_pausado": ("bien", "El paquete quedó en pausa."),
    "paquete_activo": ("bien", "El paquete está activo."),
    "paquete_baja": ("bien", "Dimos de baja el paquete."),
}


def dia(day: date) -> str:
    """A date in words: `lun 30 nov`."""
    return dates.format_date(day, "EEE d MMM", locale="es_AR").replace(".", "")


def como_se_paga(medios: Sequence[str]) -> str:
    """Ways to pay within a sentence: `en efectivo o por transferencia`."""
    return enumerar([contract.PAGOS[medio]["como"] for medio in medios], "o")


@routes.record_once
def add_words(state: BlueprintSetupState) -> None:
    """The words for states, payments and the like, and the filters `dia` and `peso`, in every template."""
    words = {
        "NOMBRES_DE_ESTADO": contract.words(contract.ESTADOS, "cliente"),
        "NOMBRES_DE_PAGO": contract.words(contract.PAGOS, "cliente"),
        "PAGAN_ANTES": PAGAN_ANTES,
        "MOTIVOS": contract.words(contract.MOTIVOS, "cliente"),
        "FRECUENCIAS": FRECUENCIAS,
        "insignias_de": insignias_de,
        "FORMATOS_DE_IMAGEN": FORMATOS,
        "camino_de_imagen": camino,
        "primera_foto": primera_foto,
        "sitio": sitio,
    }
    state.app.jinja_env.globals.update(words)
    state.app.add_template_filter(dia)
    state.app.add_template_filter(llamar)
    state.app.add_template_filter(whatsapp)
    state.app.add_template_filter(como_se_paga)
    state.app.add_template_filter(lambda descuentos: resumen(descuentos).items(), "resumen_de_descuentos")
    state.app.add_template_filter(peso)
    state.app.add_template_filter(qr)


def primera_foto(productos: Sequence[Producto]) -> str:
    """The path of the first photo that one of these has, as large as whoever shows a link wants it; empty without."""
    return next((camino(p.huella, 640, "jpeg") for p in productos if p.huella), "")


@lru_cache(maxsize=8)
def qr(texto: str) -> str:
    """A QR that says this, as an image within the page."""
    return segno.make(texto, micro=False).svg_data_uri(border=3, light="#fff")


async def insignias_de(producto: Producto) -> list[str]:
    """The badges of a product's card: what promotions give on it today. They are read once a page."""
    if "promociones" not in g:
        g.promociones = await base().read(select_insignias, now())
    linea = Linea(
        producto.id, producto.negocio_id, (producto.categoria_id,), producto.vigente_centavos,
        producto.vigente_centavos, None if producto.por_peso else 1, producto.en_oferta,
    )  # fmt: skip
    return [
        p.insignia_entera
        for p in g.promociones
        if vale_para(p, linea) and (linea.unidades is not None or p.tipo == "porcentaje")
    ]


@routes.app_context_processor
async def around() -> dict[str, Any]:
    """`yo`, `carrito`, `aviso`, the shop (`tienda`), and for error pages their frame and where they lead back.

    A page about a broken database has to come up too.
    """
    yo, carrito, tienda = None, Carrito(), house().settings.de_fabrica
    try:
        tienda = await configuracion()
        session = await house().sessions.current()
        if session is not None:
            yo = session.user
            carrito = await base().read(select_carrito, session.token_hash)
    except Unavailable:
        pass
    clase, texto = AVISOS.get(request.args.get("aviso", ""), ("", ""))
    trastienda = yo is not None and yo.rol in PERSONAL and f"{request.path}/".startswith("/admin/")
    return {
        "yo": yo,
        "carrito": carrito,
        "aviso": {"clase": clase, "texto": texto} if texto else None,
        "marco": "ahorro/admin/_marco.html" if trastienda else "ahorro/_marco.html",
        "inicio": "/admin" if trastienda else "/",
        "tienda": tienda,
    }
