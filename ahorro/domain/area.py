"""An area on the map: a polygon of points. It is reckoned in whole millionths of a degree, so exactly.

A degree here is flat: over a town's few kilometres that is off by less than a pavement is wide.
"""

from collections.abc import Iterator, Sequence

Punto = tuple[float, float]  # latitude and longitude, in degrees
Area = tuple[Punto, ...]

PUNTOS_MAXIMOS = 200
SUR, NORTE, OESTE, ESTE = -56.0, -21.0, -74.0, -53.0  # the country without Antarctica, and some of its neighbours
_Whole = tuple[int, int]


def en_argentina(punto: Punto) -> bool:
    """Whether a point may be in the country: latitude and longitude changed about are not."""
    return SUR <= punto[0] <= NORTE and OESTE <= punto[1] <= ESTE


def sin_repetir(puntos: Sequence[Punto]) -> Area:
    """The corners, each once: without the same one twice in a row, and without the first one again at the end."""
    corners: list[Punto] = []
    for lat, lng in puntos:
        corner = (round(lat, 6), round(lng, 6))
        if not corners or corner != corners[-1]:
            corners.append(corner)
    while len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    return tuple(corners)


def falla_de(area: Area) -> str:
    """What is wrong with an area, as a sentence; empty where it is one."""
    outside = next((n for n, punto in enumerate(area, 1) if not en_argentina(punto)), None)
    if outside is not None:
        return f"El punto {outside} del área no está en la Argentina: va primero la latitud, como -34.5627, -58.4565."
    if len(set(area)) < 3:
        return "El área necesita al menos 3 puntos."
    if len(area) > PUNTOS_MAXIMOS:
        return f"El área puede tener hasta {PUNTOS_MAXIMOS} puntos."
    sides = list(_sides(area))
    for n, (a, b) in enumerate(sides):
        for m in range(n + 1, len(sides)):
            c, d = sides[m]
            follows, closes = m == n + 1, n == 0 and m == len(sides) - 1
            if follows or closes:
                near, mid, far = (a, b, d) if follows else (c, a, b)
                crossed = _turn(near, mid, far) == 0 and (_between(near, mid, far) or _between(far, mid, near))
            else:
                crossed = _cross(a, b, c, d)
            if crossed:
                return f"El borde del área se cruza: mirá los puntos {n + 1} y {m + 1}."
    return ""


def contiene(area: Area, punto: Punto) -> bool:
    """Whether a point lies in an area, its border included."""
    p, inside = _whole(punto), False
    for a, b in _sides(area):
        turn = _turn(a, b, p)
        if turn == 0 and _between(a, b, p):
            return True
        if (a[0] > p[0]) != (b[0] > p[0]) and (turn < 0) == (b[0] > a[0]):
            inside = not inside
    return inside


def _whole(punto: Punto) -> _Whole:
    return round(punto[0] * 1_000_000), round(punto[1] * 1_000_000)


def _sides(area: Area) -> Iterator[tuple[_Whole, _Whole]]:
    corners = [_whole(punto) for punto in area]
    return zip(corners, corners[1:] + corners[:1], strict=True)


def _turn(a: _Whole, b: _Whole, c: _Whole) -> int:
    """Above 0 where one turns to one side on the way from a over b to c, below to the other, 0 straight on or back."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _between(a: _Whole, b: _Whole, p: _Whole) -> bool:
    """Whether p, on one line with both, is not beyond either."""
    return min(a[0], b[0]) <= p[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= p[1] <= max(a[1], b[1])


def _cross(a: _Whole, b: _Whole, c: _Whole, d: _Whole) -> bool:
    """Whether two sides have a point in common."""
    of_c, of_d, of_a, of_b = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if ((of_c > 0) != (of_d > 0)) and ((of_a > 0) != (of_b > 0)) and 0 not in {of_c, of_d, of_a, of_b}:
        return True
    return any(
        turn == 0 and _between(*side, p)
        for turn, side, p in (
            (of_c, (a, b), c),
            (of_d, (a, b), d),
            (of_a, (c, d), a),
            (of_b, (c, d), b),
        )
    )
