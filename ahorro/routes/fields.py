"""The kinds of values that bodies, forms and query strings carry, each with what is wrong in Spanish."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Any
from unicodedata import normalize

from pydantic import AfterValidator, BeforeValidator, PlainValidator, StringConstraints

from ahorro.domain.area import Punto, en_argentina
from ahorro.domain.cambio import Visto
from ahorro.domain.carrito import CANTIDAD_MAXIMA, PESO_MAXIMO, RENGLONES_MAXIMOS
from ahorro.domain.catalogo import IVAS, PRECIO_MAXIMO_CENTAVOS
from ahorro.domain.cuenta import SIN_CORREO, normalizar_correo
from ahorro.domain.franja import Franja, leer_franja
from ahorro.domain.pedido import METODOS_DE_PAGO, TOTAL_MAXIMO_CENTAVOS
from belgrano.http.fields import MOST_ID, Body, ExactBody, Id, Password, PasswordNueva, centavos, not_blank, number
from belgrano.words.numbers import whole
from belgrano.words.times import BUENOS_AIRES, FIRST, LAST, ms_de_iso, ms_of

# Of the ground's kinds, those that routes take from here.
__all__ = ["MOST_ID", "Body", "ExactBody", "Id", "Password", "PasswordNueva", "centavos"]

_UNSAYABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("[\t\n\r\u2028\u2029]")
_CORREO = re.compile(r"[^@\s<>\"(),:;\\\[\]]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


def one_line(text: str) -> str:
    """Trimmed, with something to read in it, on one line."""
    return _sayable(not_blank(text.strip()), breaks=False)


def _sayable(text: str, *, breaks: bool = True) -> str:
    """Composed (NFC), without what no label prints and no message needs: control characters, turned writing."""
    text = normalize("NFC", text)
    if _UNSAYABLE.search(text) or (not breaks and _BREAKS.search(text)):
        raise ValueError("tiene caracteres que no se pueden usar.")
    return text


def prose(text: str) -> str:
    """Trimmed, with its line breaks."""
    return _sayable(re.sub("\r\n?", "\n", text.strip()))


def _line_or_nothing(text: str) -> str:
    """Trimmed, on one line; it may be empty."""
    return _sayable(text.strip(), breaks=False)


def _telefono(text: str) -> str:
    if sum(c.isdigit() for c in text) < 6:
        raise ValueError("tiene que tener al menos 6 números.")
    return text


def _correo(text: str) -> str:
    text = normalizar_correo(text)
    if not text.rpartition("@")[0].isascii():  # few servers take such mail in, and then no way back could be sent
        raise ValueError("tiene que estar sin acentos ni eñes antes de la arroba.")
    if len(text) > 120 or not _CORREO.fullmatch(text) or text.endswith(f"@{SIN_CORREO}"):
        raise ValueError("no parece una dirección de correo.")
    return text


def _metodo(text: str) -> str:
    if text not in METODOS_DE_PAGO:
        raise ValueError(f"tiene que ser uno de: {', '.join(METODOS_DE_PAGO)}.")
    return text


def _franja(value: Any) -> Franja:
    franja = leer_franja(value) if isinstance(value, str) else None
    if franja is None:
        raise ValueError("tiene que ser el comienzo de una franja, como 2026-11-24T18:00.")
    return franja


def _ubicacion(value: Any) -> Punto:
    if not isinstance(value, dict) or value.keys() != {"lat", "lng"}:
        raise ValueError('tiene que ser como {"lat": -34.5627, "lng": -58.4565}.')
    return leer_punto(value["lat"], value["lng"])


def leer_punto(lat: Any, lng: Any) -> Punto:
    """A point of the country, to a tenth of a metre. Raises ValueError in Spanish."""
    punto = round(float(number(lat)), 6), round(float(number(lng)), 6)
    if not en_argentina(punto):
        raise ValueError("no está en la Argentina: va primero la latitud, como -34.5627, -58.4565.")
    return punto


def _cantidad(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= CANTIDAD_MAXIMA:
        raise ValueError(f"tiene que ser un número entero de 1 a {CANTIDAD_MAXIMA}.")
    return value


def _peso_g(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= PESO_MAXIMO:
        raise ValueError(f"tiene que ser un número entero de gramos, de 1 a {PESO_MAXIMO}.")
    return value


def _visto(value: Any) -> dict[int, Visto]:
    """What each product cost where the customer saw it, by its id."""
    if not isinstance(value, dict) or len(value) > RENGLONES_MAXIMOS:
        raise ValueError('tiene que ser un objeto con el precio de cada producto_id, como {"12": 950.5}.')
    found = {}
    try:
        for text, price in value.items():
            if not whole(text):
                raise ValueError(text)
            found[int(text)] = Visto(centavos(price, TOTAL_MAXIMO_CENTAVOS // 100))
    except ValueError:
        raise ValueError("tiene que decir el precio en pesos de cada producto_id, con hasta dos decimales.") from None
    return found


def _precio(value: Any) -> int:
    found = centavos(value, PRECIO_MAXIMO_CENTAVOS // 100)
    if not found:
        raise ValueError("tiene que ser mayor que 0.")
    return found


def _por_mil(value: Any) -> int:
    rate = number(value)
    if not 0 <= rate <= 100 or rate * 10 != int(rate * 10):
        raise ValueError("tiene que ser un porcentaje de 0 a 100, con hasta un decimal.")
    return int(rate * 10)


def _iva(value: Any) -> int:
    rate = number(value) * 10
    if rate not in IVAS:
        raise ValueError("tiene que ser 0, 10.5 o 21.")
    return int(rate)


def read_moment(text: object, *, ends: bool = False) -> int | None:
    """An instant, or a date of Buenos Aires, as ms UTC; None for None. A date that `ends` is over when its day is.

    Raises ValueError in Spanish.
    """
    if text is None:
        return None
    try:
        if not isinstance(text, str):
            raise ValueError
        if len(text) == 10:
            day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=BUENOS_AIRES)
            moment = ms_of(day + timedelta(days=1)) if ends else ms_of(day)
        else:
            moment = ms_de_iso(text)
        if not FIRST < moment < LAST:
            raise ValueError
    except (ValueError, OverflowError):
        raise ValueError("tiene que decir los días como 2026-11-24, o instantes con su zona.") from None
    return moment


def _oferta(value: Any) -> tuple[int, int | None, int | None]:
    """What an offer costs (centavos), from when, until when (ms UTC)."""
    if not isinstance(value, dict) or "precio" not in value or not value.keys() <= {"precio", "desde", "hasta"}:
        raise ValueError('tiene que ser como {"precio": 950.5, "desde": "2026-11-24", "hasta": "2026-11-30"}.')
    return _precio(value["precio"]), read_moment(value.get("desde")), read_moment(value.get("hasta"), ends=True)


Precio = Annotated[int, PlainValidator(_precio, json_schema_input_type=float)]
PorMil = Annotated[int, PlainValidator(_por_mil, json_schema_input_type=float)]
Iva = Annotated[int, PlainValidator(_iva, json_schema_input_type=float)]
OfertaDicha = Annotated[
    tuple[int, int | None, int | None], PlainValidator(_oferta, json_schema_input_type=dict[str, Any])
]
ClaveDeProducto = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Prosa = Annotated[str, StringConstraints(max_length=4000), AfterValidator(prose)]
ProsaLarga = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(prose), AfterValidator(not_blank)]
Desde = Annotated[int, PlainValidator(read_moment, json_schema_input_type=str)]
Hasta = Annotated[int, PlainValidator(lambda text: read_moment(text, ends=True), json_schema_input_type=str)]
Cantidad = Annotated[int, BeforeValidator(_cantidad)]
PesoG = Annotated[int, BeforeValidator(_peso_g)]
Clave = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:-]+$")]
Nombre = Annotated[str, StringConstraints(max_length=120), AfterValidator(one_line)]
Linea = Annotated[str, StringConstraints(max_length=200), AfterValidator(_line_or_nothing)]
Corto = Annotated[str, StringConstraints(max_length=60), AfterValidator(_line_or_nothing)]
Direccion = Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)]
Piso = Annotated[str, StringConstraints(max_length=50), AfterValidator(one_line)]
Barrio = Annotated[str, StringConstraints(max_length=60), AfterValidator(one_line)]
FranjaElegida = Annotated[Franja, PlainValidator(_franja, json_schema_input_type=str)]
Ubicacion = Annotated[Punto, PlainValidator(_ubicacion, json_schema_input_type=dict[str, float])]
LoVisto = Annotated[dict[int, Visto], PlainValidator(_visto, json_schema_input_type=dict[str, float])]
Telefono = Annotated[str, StringConstraints(max_length=50), AfterValidator(one_line), AfterValidator(_telefono)]
MetodoDePago = Annotated[str, AfterValidator(_metodo)]
Notas = Annotated[str, StringConstraints(max_length=2000), AfterValidator(prose)]
Correo = Annotated[str, AfterValidator(_correo)]
# What is looked up as it was typed or pasted: whom to log in, a CUIT, a link's token. Any text that is not endless.
Texto = Annotated[str, StringConstraints(max_length=200)]
