"""Asking a geocoder where an address is: the address of the question, and what of its answer is believed."""

from collections.abc import Collection, Mapping
from ipaddress import ip_address
from math import isfinite
from urllib.parse import quote, urlsplit

from ticketera.domain.domicilio import sin_puerta
from ticketera.domain.lugar import punto
from ticketera.domain.ruta import Punto

HUECO = "{q}"


def es_geocodificador(plantilla: str) -> bool:
    """Whether this is an http(s) address of one server with one `{q}` behind its host, where the address goes."""
    if plantilla.count(HUECO) != 1 or not plantilla.isascii() or " " in plantilla or "\\" in plantilla:
        return False
    try:
        parts = urlsplit(plantilla)
        port_is_fine = parts.port is None or 0 < parts.port < 65_536
    except ValueError:
        return False
    where = bool(parts.hostname) and HUECO not in parts.netloc and "@" not in parts.netloc
    return parts.scheme in {"http", "https"} and where and port_is_fine


def se_pregunta_a(host: str, address: str, permitidos: Collection[str], *, lejos: bool) -> bool:
    """Whether a geocoder at this host, which is at this IP address, may be asked.

    An admin names it and this process asks, from inside: with `lejos` (production) only what is on the open internet,
    else anything but link-local addresses, where clouds keep their keys. `permitidos`: hosts that the operator named.
    """
    if host in permitidos:
        return True
    ip = ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    return ip.is_global or not lejos


def direccion_escrita(plantilla: str) -> tuple[str, str] | None:
    """The host of a geocoder and its IP address, where the name says it by itself; None where a resolver has to."""
    host = urlsplit(plantilla).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return host, "127.0.0.1"
    try:
        return host, str(ip_address(host))
    except ValueError:
        return None


def pregunta(plantilla: str, texto: str) -> str:
    """The address to ask for where `texto` is."""
    return plantilla.replace(HUECO, quote(sin_puerta(texto), safe=""))


def lugar_de(respuesta: object) -> Punto | None:
    """The place that the first of a geocoder's results names (`lat` and `lon`, as text or number); None for no place.

    Raises ValueError for what is no list of results.
    """
    if not isinstance(respuesta, list):
        raise ValueError("no list of results")
    if not respuesta:
        return None
    first = respuesta[0]
    if not isinstance(first, Mapping):
        raise ValueError("no result")
    return punto(_grados(first.get("lat"), 90), _grados(first.get("lon"), 180))


def _grados(value: object, most: int) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("no degrees")
    degrees = float(value)
    if not isfinite(degrees) or abs(degrees) > most:
        raise ValueError("no degrees")
    return degrees
