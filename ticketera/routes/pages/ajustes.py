"""The settings in plain words: their groups, their names, and how a value reads."""

from belgrano.contract import PAGOS, words
from ticketera.domain.configuracion import OPCIONES
from ticketera.domain.modos import MODOS

NIVELES = {"no": "No", "opcional": "Opcional", "avisar": "Avisar si falta", "obligatoria": "Obligatoria"}

# Group, and in it: setting, what the form calls it, what the history calls it, and what it does.
GRUPOS: tuple[tuple[str, str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (
        "Reparto",
        "",
        (
            ("modo_asignacion", "Cómo se asignan los tickets que entran", "Modo de asignación", ""),
            (
                "max_tickets_por_repartidor",
                "Tickets abiertos por repartidor, como mucho",
                "Máximo por repartidor",
                "La asignación automática no pasa de acá. Una persona puede insistir.",
            ),
            (
                "minutos_respeto",
                "Minutos que se respeta lo que una persona dejó en “Sin asignar”",
                "Minutos de respeto",
                "Pasado ese tiempo, la asignación automática lo reparte.",
            ),
            (
                "minutos_antes",
                "Minutos antes de su franja en que un ticket empieza a repartirse",
                "Minutos antes de la franja",
                "Antes queda en “Sin asignar”, y una persona puede darlo. Con 120, uno de 18 a 20 sale desde las 16.",
            ),
            (
                "minutos_sin_senal",
                "Minutos sin señal hasta dejar de darle tickets a un repartidor",
                "Minutos sin señal",
                "Vuelve a recibir en cuanto su teléfono aparece.",
            ),
            (
                "orden_propio",
                "Cada repartidor puede cambiar el orden de su recorrido",
                "Orden propio",
                "El tablero muestra el mismo orden.",
            ),
            (
                "central",
                "Teléfono de la central",
                "Teléfono de la central",
                "Al que llama un repartidor. Puede quedar vacío.",
            ),
        ),
    ),
    (
        "Avisos",
        "",
        (
            (
                "segundos_sin_ver",
                "Segundos hasta marcar en ámbar un ticket que nadie miró",
                "Segundos sin ver",
                "Se cuenta desde que se lo asignaste a un repartidor.",
            ),
        ),
    ),
    (
        "Pruebas de entrega",
        "Qué se le pide a un repartidor al entregar. Si falta algo obligatorio, la entrega espera en Conflictos.",
        (
            ("prueba_foto", "Pedir foto", "Pedir foto", ""),
            ("prueba_firma", "Pedir firma", "Pedir firma", ""),
            ("prueba_pin", "Pedir el código de entrega", "Pedir código", ""),
            ("prueba_receptor", "Pedir quién recibe", "Pedir quién recibe", ""),
            ("prueba_desde", "Desde qué total, en pesos", "Pruebas desde", "Con 0 se piden siempre."),
            ("prueba_medios", "Para qué formas de pago", "Pruebas para", "Sin ninguna marcada, se piden para todas."),
        ),
    ),
    (
        "Plata",
        "",
        (
            (
                "efectivo_maximo",
                "Efectivo que puede llevar un repartidor, en pesos",
                "Efectivo máximo",
                "Si lo supera, le avisa su teléfono y lo marca la caja. Con 0 no hay límite.",
            ),
        ),
    ),
    (
        "Mapa y direcciones",
        "Si quedan vacías, el mapa se ve sin calles y no se le pregunta nada a nadie.",
        (
            (
                "mapa_teselas",
                "Dirección de las imágenes del mapa",
                "Imágenes del mapa",
                "Como https://servidor/{z}/{x}/{y}.png",
            ),
            (
                "mapa_atribucion",
                "De quién son",
                "Atribución del mapa",
                "Lo que pide quien las da, para mostrar en el mapa.",
            ),
            (
                "geocodificador",
                "Servicio que ubica direcciones",
                "Servicio de direcciones",
                "Como https://servidor/search?format=jsonv2&limit=1&q={q}. Recibe la dirección y nada más.",
            ),
        ),
    ),
    (
        "Privacidad",
        "",
        (
            (
                "fotos_dias",
                "Días que se guardan las fotos y firmas",
                "Días de las fotos",
                "Después se borran solas.",
            ),
        ),
    ),
)
_MEDIOS = words(PAGOS, "oficina")
_NOMBRES = {campo: corto for _, _, campos in GRUPOS for campo, _, corto, _ in campos}


def rotulo(campo: str) -> str:
    """What the history calls a setting."""
    return _NOMBRES.get(campo, campo)


def en_palabras(campo: str, valor: object) -> str:
    """A value as people say it: `Automático`, `sí`, `nada`, `10`."""
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if campo == "modo_asignacion" and valor in MODOS:
        return f"“{MODOS[str(valor)].nombre}”"
    if campo in OPCIONES and valor in NIVELES:
        return f"“{NIVELES[str(valor)]}”"
    if campo == "prueba_medios":
        return ", ".join(_MEDIOS.get(each, each) for each in str(valor).split(",")) if valor else "todas"
    return str(valor) if valor != "" else "nada"
