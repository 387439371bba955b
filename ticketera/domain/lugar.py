"""Where a pair of degrees is no place, and where it is one that is hardly meant."""

from collections.abc import Sequence
from statistics import median

from ticketera.domain.ruta import Punto, metros

# Argentina with its islands near the coast, and some kilometres around; (south, north), (west, east).
LATITUDES, LONGITUDES = (-55.5, -21.5), (-73.8, -53.4)
LEJOS_M = 300_000  # nobody delivers that far in a day
_OTROS = 3  # places that tell where the others are


def punto(lat: float | None, lng: float | None) -> Punto | None:
    """The place of a pair of degrees; half a pair is none, and 0/0 is what programs write where they know nothing."""
    if lat is None or lng is None or (lat == 0 and lng == 0):
        return None
    return lat, lng


def que_tiene(lugar: Punto, otros: Sequence[Punto] = ()) -> str | None:
    """What makes a place doubtful, in Spanish; None where nothing does. `otros` are places that deliveries go to."""
    lat, lng = lugar
    if not _en_la_argentina(lat, lng):
        return (
            "la latitud y la longitud parecen cambiadas de lugar"
            if _en_la_argentina(lng, lat)
            else "el punto del mapa queda fuera de la Argentina"
        )
    if len(otros) < _OTROS:
        return None
    middle = median(lat for lat, _ in otros), median(lng for _, lng in otros)
    away = metros(lugar, middle)
    return f"el punto del mapa queda a {away / 1000:.0f} km de los demás" if away > LEJOS_M else None


def _en_la_argentina(lat: float, lng: float) -> bool:
    return LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lng <= LONGITUDES[1]
