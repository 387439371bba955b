"""Addresses of Belgrano, Núñez and Colegiales in Buenos Aires, with where they are, near enough for a map.

The neighbourhood is a grid that Av. Cabildo runs through: an address is so many hundreds along the avenue and so many
metres to its south-west.
"""

from __future__ import annotations

# Av. Cabildo and Juramento, and one step of 100 m along the avenue (towards Núñez) and across it (to the south-west).
CORNER = (-34.5621, -58.4564)
CORNER_AT = 2100
ALONG = (0.00073, -0.00067)
ACROSS = (-0.00054, -0.000877)

# Streets beside the avenue: metres to the south-west of it. Their numbers run as the avenue's.
BESIDE = {
    "Arcos": -330, "Cuba": -220, "Vuelta de Obligado": -110, "Av. Cabildo": 0, "Ciudad de la Paz": 110,
    "Amenábar": 220, "Moldes": 330, "Vidal": 440, "Av. Crámer": 560, "Conesa": 680, "Zapiola": 790, "Freire": 900,
}  # fmt: skip
# Streets that cross it: where on the avenue. Their numbers grow to the south-west, from 2400 at the avenue.
CROSSING = {
    "Teodoro García": 1000, "Zabala": 1300, "Virrey del Pino": 1600, "José Hernández": 1700, "Mendoza": 2200,
    "Olazábal": 2300, "Blanco Encalada": 2400, "Monroe": 2500, "Congreso": 3000, "Quesada": 3100, "Iberá": 3200,
    "Jaramillo": 3900, "Manuela Pedraza": 3800, "Crisólogo Larralde": 3700, "Juramento": 2100, "Echeverría": 2000,
}  # fmt: skip
CROSSING_FROM = 2400


# Beyond here on the avenue it is another barrio.
NUNEZ_FROM = 3000
COLEGIALES_UNTIL = 1500


def barrio(street: str, number: int) -> str:
    """The barrio of an address of these streets."""
    along = number if street in BESIDE else CROSSING[street]
    return "Núñez" if along >= NUNEZ_FROM else "Colegiales" if along < COLEGIALES_UNTIL else "Belgrano"


def place(street: str, number: int) -> tuple[float, float]:
    """Latitude and longitude of an address of these streets."""
    if street in BESIDE:
        along, across = (number - CORNER_AT) / 100, BESIDE[street] / 100
    else:
        along, across = (CROSSING[street] - CORNER_AT) / 100, (number - CROSSING_FROM) / 100
    return (
        round(CORNER[0] + along * ALONG[0] + across * ACROSS[0], 6),
        round(CORNER[1] + along * ALONG[1] + across * ACROSS[1], 6),
    )
