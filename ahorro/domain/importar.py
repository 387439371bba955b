"""What lines of a spreadsheet write, made ready before the one act that writes them: orders wait for that act."""

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from ahorro.domain.auditoria import ALTA, asientos_de
from ahorro.domain.catalogo import Producto
from ahorro.domain.ficha import CAMPOS, NUEVA, cambios_de, clave_de, ficha_de
from ahorro.domain.filas import Fila, Json, en_json
from belgrano.words.text import folded

COLUMNAS = (*CAMPOS, "buscado")


@dataclass(frozen=True, slots=True)
class Renglon:
    """A line that is to be written: the product as it was read, None for a new one; what it says, by CAMPOS; its name.

    A new one without a `clave` gets one from its name.
    """

    linea: int
    producto: Producto | None
    datos: Mapping[str, object]
    nombre: str


@dataclass(slots=True)
class Filas:
    """Rows that are written beside products, whose id they begin with, or their clave where they are new."""

    palabras: list[Fila] = field(default_factory=list)  # (cual, palabra)
    precios: list[Fila] = field(default_factory=list)  # (cual, antes or None, despues), centavos
    asientos: list[Fila] = field(default_factory=list)  # (cual, cual_nombre, campo, de, a), the last two JSON

    def asentar(self, cual: object, nombre: str, campo: str, de: object, a: object) -> None:
        """A line of the book."""
        self.asientos.append((cual, nombre, campo, *(json.dumps(each, ensure_ascii=False) for each in (de, a))))

    def nombrar(self, cual: object, buscado: str) -> None:
        """The words of a folded name."""
        self.palabras += [(cual, word) for word in sorted(set(buscado.split()))]


@dataclass(slots=True)
class Carga:
    """All that lines write, in rows. `errores` are lines that cannot be, by field and why, and write nothing."""

    errores: dict[int, tuple[str, str]] = field(default_factory=dict)
    vistos: list[Fila] = field(default_factory=list)  # (linea, id, version) as they were read
    libres: list[Fila] = field(default_factory=list)  # (linea, clave, codigo_barras or None) that nobody had
    cambios: dict[tuple[str, ...], list[Fila]] = field(default_factory=dict)  # (id, values …) by their columns
    nuevas: list[Fila] = field(default_factory=list)  # COLUMNAS
    renombrados: list[Fila] = field(default_factory=list)  # (id,)
    de_ids: Filas = field(default_factory=Filas)
    de_claves: Filas = field(default_factory=Filas)
    con_ofertas: bool = False

    def cambiar(self, each: Renglon, p: Producto) -> None:
        """A product that is there."""
        antes = ficha_de(p)
        nuevo = cambios_de(antes, each.datos)
        self.vistos.append((each.linea, p.id, p.version))
        for line in asientos_de("producto", p.id, p.nombre, antes, nuevo):
            self.de_ids.asentar(p.id, p.nombre, line.campo, line.de, line.a)
        if "precio_centavos" in nuevo:
            self.de_ids.precios.append((p.id, p.precio_centavos, nuevo["precio_centavos"]))
        if "nombre" in nuevo:
            nuevo["buscado"] = folded(str(nuevo["nombre"]))
            self.renombrados.append((p.id,))
            self.de_ids.nombrar(p.id, str(nuevo["buscado"]))
        self.con_ofertas |= any(campo.startswith("oferta_") for campo in nuevo)
        if nuevo:
            self.cambios.setdefault(tuple(nuevo), []).append((p.id, *nuevo.values()))

    def crear(self, each: Renglon, clave: str) -> None:
        """A new product."""
        ficha = {**NUEVA, **each.datos, "clave": clave}
        buscado = folded(str(ficha["nombre"]))
        self.libres.append((each.linea, clave, ficha["codigo_barras"]))
        self.nuevas.append([*(ficha[campo] for campo in CAMPOS), buscado])
        self.de_claves.asentar(clave, each.nombre, ALTA, None, ficha)
        self.de_claves.precios.append((clave, None, ficha["precio_centavos"]))
        self.de_claves.nombrar(clave, buscado)
        self.con_ofertas |= ficha["oferta_centavos"] is not None

    def escritos(self) -> "Escritos":
        """The same as the statements take it."""
        return Escritos(
            vistos=en_json(self.vistos),
            libres=en_json(self.libres),
            cambios={columns: en_json(filas) for columns, filas in self.cambios.items()},
            nuevas=en_json(self.nuevas),
            renombrados=en_json(self.renombrados),
            palabras={"id": en_json(self.de_ids.palabras), "clave": en_json(self.de_claves.palabras)},
            precios={"id": en_json(self.de_ids.precios), "clave": en_json(self.de_claves.precios)},
            asientos={"id": en_json(self.de_ids.asientos), "clave": en_json(self.de_claves.asientos)},
            con_ofertas=self.con_ofertas,
        )


PorCual = Mapping[Literal["id", "clave"], Json]


@dataclass(frozen=True, slots=True)
class Escritos:
    """A Carga as JSON: what the act that writes it has left to do is to run statements."""

    vistos: Json
    libres: Json
    cambios: Mapping[tuple[str, ...], Json]
    nuevas: Json
    renombrados: Json
    palabras: PorCual
    precios: PorCual
    asientos: PorCual
    con_ofertas: bool


def preparar(renglones: Iterable[Renglon], tomadas: AbstractSet[str]) -> Carga:
    """All that these lines write; `tomadas` are the claves that there are."""
    carga, claves, codigos = Carga(), _Claves(tomadas), set[object]()
    for each in renglones:
        codigo = each.datos.get("codigo_barras")
        if each.producto is not None:
            carga.cambiar(each, each.producto)
        elif codigo and codigo in codigos:
            carga.errores[each.linea] = ("codigo_barras", "ya es el de otro producto de la planilla.")
        elif clave := claves.take(str(each.datos.get("clave") or ""), each.nombre):
            carga.crear(each, clave)
        else:
            carga.errores[each.linea] = ("clave", "ya es la de otro producto.")
        codigos.add(codigo)
    return carga


class _Claves:
    """The claves that are taken, and the next one of a name."""

    def __init__(self, tomadas: AbstractSet[str]) -> None:
        self.tomadas = set(tomadas)
        self.ultima: dict[str, int] = {}  # a thousand products of one name are not tried from 2 on each

    def take(self, dicha: str, nombre: str) -> str | None:
        """The clave that is said, or the first that a name gives; None where somebody has what is said."""
        clave = dicha or clave_de(nombre)
        if clave in self.tomadas:
            if dicha:
                return None
            base, n = clave, self.ultima.get(clave, 1)
            while clave in self.tomadas:
                n += 1
                clave = f"{base}-{n}"
            self.ultima[base] = n
        self.tomadas.add(clave)
        return clave
